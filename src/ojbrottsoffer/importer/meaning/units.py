"""Which municipality or district is this label? Tolerant of form, never of doubt."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from ojbrottsoffer.importer.read.file_sheet import without_note
from ojbrottsoffer.sources.reference.register import Reference, unit_id

SEVERAL = re.compile(r"\s*(?:/|&|\+|\boch\b|\bsamt\b)\s*")
"""What stands between the names of several units."""
NATION = {"riket", "hela riket", "sverige", "hela landet", "hela sverige", "landet"}
SHARE_OF_JA = {"andel", "andelen", "andelar", "procent", "ja", "svar", "av", "kommuner"}
"""What may stand beside the nation in the label of its shares."""
IRREGULAR = {"falu": "falun"}
"""Forms before ”kommun” that are not the name with or without s."""
SUFFIX = re.compile(r"^(?P<base>.+?)(?: stads)?[ ,]+(?:kommun|stad|kn|k:n)$")
CLOSE_WITH_CODE = 0.8
BEFORE_NAME = re.compile(
    r"(?:(?:kommun(?:en|namn)?|enhet(?:en)?|stadsdel(?:en)?|namn|(?:enkät)?svar(?:et|en)?|enkät(?:en)?|formulär|blankett|"
    r"resultat(?:et)?|redovisning|uppgift(?:er)?|rapport|sammanställning|från|för|av|i|avser|gäller|nr|[0-9]+)\b\W+)+(?=\w)",
    re.IGNORECASE,
)
AFTER_NAME = re.compile(
    r"\s*[(\[].*[)\]]$|\W+(?:(?:enkät)?svar|enkät|resultat|redovisning)\b.*$", re.IGNORECASE
)
"""What may stand before and after a unit's name in a title over its answers."""


UNIT_HEADING = re.compile(
    r"(?:kommun|enhet|stadsdel)(?:er|ar|namn)?(?: ?(?:/|och|eller) ?(?:kommun|enhet|stadsdel)(?:er|ar)?)?"
)
"""What the column with the units is called, whole."""


@dataclass(frozen=True)
class Unit:
    """A municipality or district that a label can mean."""

    enhet_id: str
    enhet: str
    typ: str
    kommunkod: str


@dataclass(frozen=True)
class Match:
    """What a label means: `unit`, or why not. `how` and `problem` are Swedish."""

    unit: Unit | None
    how: str = ""
    problem: str = ""
    suggestions: tuple[Unit, ...] = ()

    def __post_init__(self):
        object.__setattr__(self, "suggestions", tuple(dict.fromkeys(self.suggestions)))


def normal(text: str) -> str:
    """Case, spaces, the many kinds of hyphen and signs of footnotes made alike; letters kept."""
    text = unicodedata.normalize("NFKC", without_note(text)).casefold()
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    return " ".join(re.sub(r"\s*([-,])\s*", r"\1", text).replace(",", ", ").split()).strip(" .*")


def is_unit_word(text: str) -> bool:
    """True for what stands before a unit's name: `Kommun:`."""
    return UNIT_HEADING.fullmatch(text.casefold().strip(" :")) is not None


def is_larger(label: str) -> bool:
    """True for the nation and for a county that is called one, with its code before or without."""
    name = normal(split_code(label)[1])
    return name in NATION or name.endswith(" län")


def is_share_of_ja(label: str, above: Iterable[str] = ()) -> bool:
    """True for the shares of the nation: ”Andel ja, riket”, or ”Andel ja” with ”Riket” among the texts
    above it; not for ”Antal ja, riket” or ”Andel nej”."""
    words = re.findall(r"[^\W\d_]+", normal(label))
    place = " ".join(word for word in words if word not in SHARE_OF_JA)
    return {"andel", "ja"} <= set(words) and (
        place in NATION or not place and any(normal(text) in NATION for text in above)
    )


def folded(text: str) -> str:
    """Letters and digits only, å ä ö as a a o."""
    return unit_id(text).replace("-", "")


def region_code(text: str) -> str | None:
    """A SCB code with its leading zero restored (`114` -> `0114`), or None."""
    text = re.sub(r"[.,]0+$", "", text.strip())
    if not re.fullmatch(r"[0-9]{1,4}", text):
        return None
    return text.zfill(2 if len(text) <= 2 else 4)


def joined_code(county: str, text: str) -> str | None:
    """The SCB code of a row: `1` and `14` in two columns are `0114`, a code of its own is as it is;
    a county without one is the county."""
    county, code = region_code(county), region_code(text)
    if county is None or len(county) != 2 or code is not None and len(code) != 2:
        return code
    return county if code in (None, "00") else county + code


def split_code(label: str) -> tuple[str | None, str]:
    """`0114 Upplands Väsby` as its code and its name, as SCB writes them in one cell; `Lund (1281)`, `Lund [1281]` too."""
    if found := re.fullmatch(r"(\d{4}|\d{2})\s+(?=\D)(.+)", label.strip()):
        return found[1], found[2]
    if found := re.fullmatch(r"(.+\D)\s?[(\[](\d{4})[)\]]", label.strip()):
        return found[2], found[1].strip()
    return None, label


class UnitMatcher:
    """The register and the known districts as look-up tables; never changes."""

    def __init__(self, reference: Reference):
        own = {(row.typ, row.kommunkod): row.enhet_id for row in reference.enheter.itertuples()}
        self.by_code = {
            row.kommunkod: Unit(
                own.get(("kommun", row.kommunkod), row.enhet_id), row.enhet, "kommun", row.kommunkod
            )
            for row in reference.municipalities.itertuples()
        }
        self.by_id = {unit.enhet_id: unit for unit in self.by_code.values()}
        for row in reference.enheter.itertuples():
            self.by_id[row.enhet_id] = Unit(row.enhet_id, row.enhet, row.typ, row.kommunkod)
        names: dict[str, set[str]] = defaultdict(set)
        for unit in self.by_code.values():
            names[normal(unit.enhet)].add(unit.enhet_id)
        for unit in self.by_id.values():
            names[normal(unit.enhet)].add(unit.enhet_id)
            if unit.typ == "stadsdel":
                city = normal(self.by_code[unit.kommunkod].enhet)
                part = normal(unit.enhet).removeprefix(f"{city}, ")
                names[part].add(unit.enhet_id)
        for row in reference.etiketter[reference.etiketter["slag"] == "enhet"].itertuples():
            names[normal(row.etikett)].add(row.id)
        for form, name in IRREGULAR.items():
            names[form] |= {unit.enhet_id for unit in self.by_code.values() if normal(unit.enhet) == name}
        self.names = {name: ids for name, ids in names.items() if ids}
        self.folds: dict[str, set[str]] = defaultdict(set)
        for name, ids in self.names.items():
            if name not in IRREGULAR:
                self.folds[folded(name)] |= ids
        self.counties = dict(zip(reference.kommuner["lanskod"], reference.kommuner["lan"], strict=True))
        self.county_names = {normal(name) for name in self.counties.values()}

    def is_nation(self, label: str, code: str | None = None) -> bool:
        code, label = _either(code, label)
        return normal(label) in NATION or (code == "00" and normal(label) != "")

    def is_county(self, label: str, code: str | None = None) -> bool:
        """”Skåne län”, ”Stockholms län”, a bare ”Skåne” that is no municipality's name, or a
        two-digit code."""
        code, label = _either(code, label)
        if code is not None:
            return len(code) == 2 and code != "00"
        base = normal(label)
        if not base.endswith(" län"):
            return self.names_county(label) and base not in self.names
        base = base.removesuffix(" län")
        return base in self.county_names or base.removesuffix("s") in self.county_names

    def names_county(self, label: str) -> bool:
        """”Skåne” or ”Örebro”: the bare name of a county, which may be a municipality's too."""
        return normal(label) in self.county_names

    def match(self, label: str, code: str | None = None) -> Match:
        """The unit a label means, given the row's SCB code if the file has one."""
        own, name = split_code(label)
        if code is not None and own in self.by_code and code in self.by_code and own != code:
            units = self.by_code[own], self.by_code[code]
            return Match(
                None,
                problem=f"koden i namnet är {units[0].enhet} ({own}) men koden {code} är {units[1].enhet}",
                suggestions=units,
            )
        code, label = code or own, name if own else label
        found = self._by_name(label)
        if code is None:
            return found
        city = self.by_code.get(code)
        if city is None:
            return Match(
                None,
                problem=f"koden {code} finns inte bland SCB:s kommunkoder",
                suggestions=(found.unit,) if found.unit else found.suggestions,
            )
        if found.unit:
            if found.unit.kommunkod == code:
                return found
            return Match(
                None,
                problem=f"namnet pekar på {found.unit.enhet} "
                f"({found.unit.kommunkod}) men koden {code} är {city.enhet}",
                suggestions=(found.unit, city),
            )
        if label == "":
            return Match(city, how="SCB-kod")
        among = {unit.enhet_id for unit in found.suggestions}
        if (
            SequenceMatcher(None, folded(label), folded(city.enhet)).ratio() >= CLOSE_WITH_CODE
            or city.enhet_id in among
            and found.problem.startswith("kan vara")
        ):
            return Match(city, how=f"SCB-kod {code}, namnet är nästan lika")
        return Match(
            None,
            problem=f"namnet är okänt; koden {code} är {city.enhet}, men raden kan gälla en stadsdel",
            suggestions=(city, *found.suggestions),
        )

    def key(self, label: str) -> str | None:
        """The id of a name or a four-digit code; fast, for finding where the units stand."""
        code = region_code(label) if len(label.strip()) >= 3 else None
        if code in self.by_code:
            return self.by_code[code].enhet_id
        own, name = split_code(label)
        if own:
            return self.by_code[own].enhet_id if own in self.by_code else None
        ids, _ = self._find(normal(name))
        return "|".join(sorted(ids)) or None

    def key_of_title(self, text: str) -> str | None:
        """The same of a title over the answers of one unit: `Svar från Lund`, `Kommun: Lund`, `Lund – enkätsvar`."""
        if found := self.key(text):
            return found
        rest = BEFORE_NAME.match(text)
        return self.key(AFTER_NAME.sub("", text[rest.end() :] if rest else text))

    def _find(self, name: str) -> tuple[set[str], str]:
        """Every unit the normalised name can mean, by the strictest rule that finds any."""
        if not name:
            return set(), ""
        if name in self.names:
            return self.names[name], "namn"
        bases = _bases(name)
        exact = set().union(*(self.names.get(base, set()) for base in bases))
        if exact:
            return exact, "namn med ”kommun” eller ”stad”"
        loose = set().union(*(self.folds.get(folded(base), set()) for base in (name, *bases) if folded(base)))
        return loose, "namn utan å, ä, ö, bindestreck eller mellanslag"

    def _by_name(self, label: str) -> Match:
        name = normal(label)
        if not name:
            return Match(None, problem="cellen är tom")
        ids, how = self._find(name)
        if ids:
            return self._one(ids, how)
        several = SEVERAL.split(name)
        if several[1:] and all(part.isdigit() or self._find(part)[0] for part in several):
            return Match(None, problem="raden gäller flera enheter")
        bases = _bases(name)
        plain = bases[0] if bases else name
        numbers = set(re.findall(r"[1-9]\d*", plain))
        others = [
            known for known in self.names if not numbers or numbers >= set(re.findall(r"[1-9]\d*", known))
        ]
        near = get_close_matches(plain, others, n=4, cutoff=0.7)
        parts = [known for known in others if len(plain) > 3 and plain in known.split(", ")[-1]]
        ids = dict.fromkeys(i for n in (*near, *parts) for i in sorted(self.names[n]))
        return Match(None, problem="namnet är okänt", suggestions=tuple(self.by_id[i] for i in list(ids)[:4]))

    def _one(self, ids: set[str], how: str) -> Match:
        units = tuple(self.by_id[i] for i in sorted(ids))
        if len(units) == 1:
            return Match(units[0], how)
        return Match(None, problem="kan vara " + " eller ".join(u.enhet for u in units), suggestions=units)

    def doubtful_without_diacritics(self, labels: list[str]) -> set[str]:
        """Labels that match a name exactly but could be another's, in a file that lost å, ä, ö.

        Such a file has no å, ä or ö in any label, and at least one label that only matches
        when they are left out. Habo may then be Håbo.
        """
        if any(set(normal(label)) & set("åäö") for label in labels):
            return set()
        lost = any("utan å" in self.match(label).how for label in labels)
        return {
            label
            for label in labels
            if lost
            and (unit := self.match(label).unit)
            and len(self.folds.get(folded(unit.enhet), set())) > 1
        }


def _either(code: str | None, label: str) -> tuple[str | None, str]:
    """The code of the row, or else the one before the name in its label."""
    return (code, label) if code is not None else split_code(label)


def _bases(name: str) -> tuple[str, ...]:
    """The name before ”kommun” or ”stad”, as it stands and without a genitive s."""
    if name.startswith("region "):
        return (name.removeprefix("region "),)
    match = SUFFIX.match(name)
    if not match:
        return ()
    base = match["base"].strip(" ,")
    return (base, base[:-1]) if base.endswith("s") and len(base) > 2 else (base,)
