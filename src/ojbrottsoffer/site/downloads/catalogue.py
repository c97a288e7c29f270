"""The catalogue that data portals harvest: DCAT-AP-SE 3 as RDF/XML.

https://docs.dataportal.se/dcat/ says what must be there. Everything has an absolute IRI below the site's
address, so the catalogue is made only where that and a contact are known.
"""

from __future__ import annotations

from rdflib import DCTERMS, FOAF, RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef

from ojbrottsoffer import RELEASED, __version__
from ojbrottsoffer.analysis.wide import NAME as WIDE
from ojbrottsoffer.schema.datapackage import DESCRIPTION, DESCRIPTION_EN, KEYWORDS, TITLE, TITLE_EN
from ojbrottsoffer.schema.tables import TABLES, Group
from ojbrottsoffer.site.downloads.dataset import CATALOGUE, KINDS, WHOLE, Dataset, DataTable
from ojbrottsoffer.site.settings import EMAIL, PUBLISHERS

CC_BY = URIRef("http://creativecommons.org/licenses/by/4.0/")
EU = "http://publications.europa.eu/resource/authority/"
SWEDEN, SWEDISH = URIRef(f"{EU}country/SWE"), URIRef(f"{EU}language/SWE")
THEMES = [URIRef(f"{EU}data-theme/{code}") for code in ("SOCI", "GOVE", "JUST")]
PUBLIC = URIRef(f"{EU}access-right/PUBLIC")
PUBLISHER_TYPE = "http://purl.org/adms/publishertype/"
MEDIA = "https://www.iana.org/assignments/media-types/"
DCAT = Namespace("http://www.w3.org/ns/dcat#")  # as of version 3
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
RIGHTS = (
    "Licensen gäller vår bearbetning. Vad som är känt om rätten att använda källornas uppgifter står för varje "
    "källa i kallor.csv."
)


def catalogue(data: Dataset, site_url: str, contact: str, publisher: tuple[str, str] | None = None) -> bytes:
    """One dataset for each group of tables, one for the files that hold all, and the API as a service.

    `site_url` is the address of the site, `contact` an e-mail address or a link, `publisher` the name and the kind
    (a key of `PUBLISHERS`) of whoever publishes; the project, an association, if nobody has said.
    """
    return _Catalogue(data, f"{site_url.rstrip('/')}/", contact, publisher or (TITLE, "förening")).made()


class _Catalogue:
    def __init__(self, data: Dataset, base: str, contact: str, publisher: tuple[str, str]):
        self.data, self.base, self.contact = data, base, contact
        self.name, self.kind = publisher
        self.graph = Graph(store="SimpleMemory", bind_namespaces="none")  # keeps the order
        for prefix, space in (("dcat", DCAT), ("dcterms", DCTERMS), ("foaf", FOAF), ("vcard", VCARD)):
            self.graph.bind(prefix, space)
        self.graph.bind("rdf", RDF)
        self.graph.bind("rdfs", RDFS)
        self.publisher = self._iri("utgivare")

    def made(self) -> bytes:
        datasets = [self._group(group) for group in self.data.groups]
        datasets.append(self._everything())
        catalogue = self._iri("katalog")
        self._described(catalogue, DCAT.Catalog, {"sv": TITLE, "en": TITLE_EN}, self.data.tables)
        self._add(catalogue, DCTERMS.description, *_texts({"sv": DESCRIPTION, "en": DESCRIPTION_EN}))
        self._add(catalogue, DCTERMS.license, CC_BY)
        self._add(catalogue, FOAF.homepage, URIRef(f"{self.base}data/"))
        self._add(catalogue, DCAT.dataset, *datasets)
        self._add(catalogue, DCAT.service, self._service(datasets))
        self._add(self.publisher, RDF.type, FOAF.Agent)
        self._add(self.publisher, FOAF.name, Literal(self.name))
        self._add(self.publisher, DCTERMS.type, URIRef(PUBLISHER_TYPE + PUBLISHERS[self.kind]))
        self._add(self._iri("kontakt"), RDF.type, VCARD.Organization)
        self._add(self._iri("kontakt"), VCARD.fn, Literal(self.name))
        if EMAIL.fullmatch(self.contact):
            self._add(self._iri("kontakt"), VCARD.hasEmail, URIRef(f"mailto:{self.contact}"))
        else:
            self._add(self._iri("kontakt"), VCARD.hasURL, URIRef(self.contact))
        self._add(CC_BY, RDF.type, DCTERMS.LicenseDocument)
        self._add(self._iri("ratt"), RDF.type, DCTERMS.RightsStatement)
        self._add(self._iri("ratt"), RDFS.label, Literal(RIGHTS, lang="sv"))
        return self.graph.serialize(format="xml", encoding="utf-8")

    def _group(self, group: Group) -> URIRef:
        tables = self.data.tables_of(group)
        titles = {"sv": f"{TITLE}: {group.title}", "en": f"{TITLE_EN}: {group.title_en}"}
        node = self._dataset(group.id, titles, tables)
        self._add(node, DCTERMS.description, *_texts({"sv": group.description, "en": group.description_en}))
        for table in tables:
            for kind, (label, pattern, media) in KINDS.items():
                file = pattern.format(table.name)
                self._distribution(
                    node, f"{table.name}-{kind}", f"{table.table.title}, {label}", file, media, [table]
                )
        return node

    def _everything(self) -> URIRef:
        node = self._dataset(
            "allt", {"sv": f"{TITLE}: alla tabeller", "en": f"{TITLE_EN}: all tables"}, self.data.tables
        )
        self._add(node, DCTERMS.description, *_texts({"sv": DESCRIPTION, "en": DESCRIPTION_EN}))
        for kind, (label, file, media, _) in WHOLE.items():
            self._distribution(node, kind, label, file, media, self.data.tables)
        return node

    def _dataset(self, name: str, title: dict[str, str], tables: list[DataTable]) -> URIRef:
        node = self._iri(name)
        self._described(node, DCAT.Dataset, title, tables)
        self._add(node, DCTERMS.identifier, Literal(str(node)))
        self._add(node, DCAT.version, Literal(__version__))
        self._add(node, DCTERMS.accessRights, PUBLIC)
        self._add(node, DCTERMS.spatial, SWEDEN)
        self._add(node, DCAT.theme, *THEMES)
        self._add(node, DCAT.landingPage, URIRef(f"{self.base}data/"))
        for lang, words in KEYWORDS.items():
            self._add(node, DCAT.keyword, *(Literal(word, lang=lang) for word in words))
        self._add(node, DCAT.contactPoint, self._iri("kontakt"))
        if years := self.data.years(table.name for table in tables if table.name in TABLES):
            period = self._iri(f"{name}-tid")
            self._add(node, DCTERMS.temporal, period)
            self._add(period, RDF.type, DCTERMS.PeriodOfTime)
            self._add(period, DCAT.startDate, Literal(f"{years[0]}-01-01", datatype=XSD.date))
            self._add(period, DCAT.endDate, Literal(f"{years[1]}-12-31", datatype=XSD.date))
        return node

    def _distribution(
        self, dataset: URIRef, name: str, title: str, file: str, media: str, tables: list[DataTable]
    ) -> None:
        node, address = self._iri(f"fil-{name}"), URIRef(f"{self.base}data/{file}")
        self._add(dataset, DCAT.distribution, node)
        self._add(node, RDF.type, DCAT.Distribution)
        self._dated(node, tables)
        self._add(node, DCTERMS.title, Literal(title, lang="sv"))
        self._add(node, DCAT.accessURL, URIRef(f"{self.base}data/"))
        self._add(node, DCAT.downloadURL, address)
        self._add(node, DCTERMS.format, URIRef(MEDIA + media))
        self._add(node, DCAT.mediaType, URIRef(MEDIA + media))
        self._add(node, DCAT.byteSize, Literal(self.data.size(file), datatype=XSD.nonNegativeInteger))
        self._add(node, DCTERMS.license, CC_BY)
        self._add(node, DCTERMS.rights, self._iri("ratt"))

    def _service(self, datasets: list[URIRef]) -> URIRef:
        node = self._iri("api")
        self._add(node, RDF.type, DCAT.DataService)
        self._add(node, DCTERMS.title, *_texts({"sv": f"{TITLE}: API", "en": f"{TITLE_EN}: API"}))
        self._add(node, DCTERMS.publisher, self.publisher)
        self._add(node, DCTERMS.license, CC_BY)
        self._add(node, DCAT.endpointURL, URIRef(f"{self.base}api/v1/index.json"))
        self._add(node, DCAT.endpointDescription, URIRef(f"{self.base}api/v1/openapi.json"))
        self._add(node, DCAT.servesDataset, *datasets)
        return node

    def _described(self, node: URIRef, kind: URIRef, title: dict[str, str], tables: list[DataTable]) -> None:
        """What a catalogue and a dataset have in common."""
        self._add(node, RDF.type, kind)
        self._add(node, DCTERMS.title, *_texts(title))
        self._add(node, DCTERMS.publisher, self.publisher)
        self._add(node, DCTERMS.language, SWEDISH)
        self._dated(node, tables)

    def _dated(self, node: URIRef, tables: list[DataTable]) -> None:
        """Issued with the first recorded version that has any of the tables, changed with this one. The matrix
        has been there as long as its answers.
        """
        names = {"resultat" if table.name == WIDE else table.name for table in tables}
        first = min((v.datum for v in self.data.versions if names & set(v.rader)), default=RELEASED)
        self._add(node, DCTERMS.issued, Literal(first, datatype=XSD.date))
        self._add(node, DCTERMS.modified, Literal(RELEASED, datatype=XSD.date))

    def _iri(self, name: str) -> URIRef:
        return URIRef(f"{self.base}data/{CATALOGUE}#{name}")

    def _add(self, node: URIRef, predicate: URIRef, *values: URIRef | Literal) -> None:
        for value in values:
            self.graph.add((node, predicate, value))


def _texts(words: dict[str, str]) -> list[Literal]:
    return [Literal(text, lang=lang) for lang, text in words.items()]
