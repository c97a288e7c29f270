"""Files somebody edits by hand: curated tables, review lists, origins, claims, checksums."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, assert_told, in_runs
from test_gate_project import RAW, REFERENCE, SUITES, grid, replaced

from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.project import Project

FIGURES = "data/raw"
NEXT_CORRECTION = (
    f"rad:        {len((ROOT / REFERENCE / 'rattelser.csv').read_text('utf-8').splitlines()) + 1}"
)


def written(path: str, text: str) -> Callable[[Path], None]:
    return lambda root: (root / path).write_text(text, encoding="utf-8")


def swapped(one: str, other: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        a, b = root / one, root / other
        kept = a.read_bytes()
        a.write_bytes(b.read_bytes())
        b.write_bytes(kept)

    return change


def without(path: str, start: str) -> Callable[[Path], None]:
    """Without the rows that begin so."""

    def change(root: Path) -> None:
        lines = (root / path).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(start)]
        assert len(kept) < len(lines), start
        (root / path).write_text("".join(kept), encoding="utf-8")

    return change


def recoded(path: str, encoding: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        (root / path).write_bytes(text.encode(encoding))

    return change


CLAIMS = f"{REFERENCE}/pastaenden.csv"
KNOWN = f"{REFERENCE}/kanda_avvikelser.yml"
LINKS = f"{REFERENCE}/indikatorer_mellan_ar.csv"
ROUND = f"{FIGURES}/unizon-2015/omgangar.csv"
KALMAR = f"{FIGURES}/kalmar"

DAMAGES: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    # Checksums: what no rule can see
    "the last figure of a source gone": (
        grid([f"{KALMAR}/riket.csv"], lambda rows: rows[:-1]),
        ("kalmar/riket.csv", "annat innehåll", "git diff", "make kontrollsummor"),
    ),
    "a placing of another source": (
        replaced(f"{FIGURES}/solna/rankning.csv", "2017,Solna,58", "2017,Solna,57"),
        ("solna/rankning.csv", "annat innehåll"),
    ),
    "files of two sources in each other's place": (
        swapped(f"{KALMAR}/riket.csv", f"{FIGURES}/skr-2019/riket.csv"),
        ("kalmar/riket.csv", "annat innehåll"),
    ),
    "a stray file": (written(f"{FIGURES}/kopia.csv", "x\n"), ("data/raw", "”kopia.csv”", "ingenting läser")),
    "a whole source gone": (
        lambda root: shutil.rmtree(root / FIGURES / "solna"),
        ("solna/rankning.csv", "Filen saknas"),
    ),
    "the list of checksums gone": (
        lambda root: (root / FIGURES / "SHA256SUMS").unlink(),
        ("raw/SHA256SUMS", "Filen saknas"),
    ),
    "the list of checksums cut off": (
        written(f"{FIGURES}/SHA256SUMS", "abc  x\n"),
        ("raw/SHA256SUMS", "rad:        1", "två mellanslag"),
    ),
    # Origins and figures given one by one
    "a file that its origin does not mention": (
        replaced(f"{KALMAR}/origin.yml", "single_figures:\n  riket: webbsidans text\n", ""),
        ("kalmar/riket.csv", "nämns inte i källbeskrivningen"),
    ),
    "single figures as a list": (
        replaced(f"{FIGURES}/solna/origin.yml", "  rankning: nyhetens text", "  - rankning"),
        ("solna/origin.yml", "single_figures", "riket: webbsidans text"),
    ),
    "single figures of a kind that does not exist": (
        replaced(f"{FIGURES}/lerum-2015/origin.yml", "  omgangar: ", "  omgang: "),
        (
            "lerum-2015/origin.yml",
            "riket.csv, rankning.csv, omgangar.csv, ovriga_andelar.csv, kommunsvar.csv eller utan_placering.csv",
        ),
    ),
    "a title that is a list": (
        replaced(f"{FIGURES}/unizon-2015/origin.yml", "producer: Unizon", "producer: [Unizon]"),
        ("unizon-2015/origin.yml", "producer", "text på en rad"),
    ),
    "a month that does not exist": (
        replaced(f"{RAW}/origin.yml", "published: 2016-05", "published: 2016-13"),
        ("skl-2016/origin.yml", "published", "”2016-13”", "år-månad"),
    ),
    "an address that is none": (
        replaced(f"{FIGURES}/skr-2019/origin.yml", "url: https://", "url: javascript:"),
        ("skr-2019/origin.yml", "url", "https://"),
    ),
    "a date that does not exist": (
        replaced(f"{FIGURES}/kalmar-lss/origin.yml", "retrieved: 2026-11-29", "retrieved: 2026-11-31"),
        ("kalmar-lss/origin.yml", "giltig YAML", "datum som finns"),
    ),
    "a rate above 100": (replaced(ROUND, ",,70,202,", ",,170,202,"), ("omgangar.csv", "”170”", "0 till 100")),
    "more answers than questionnaires": (
        replaced(ROUND, ",202,290,", ",302,290,"),
        ("omgangar.csv", "”302”", "högst antalet utskickade"),
    ),
    "a round twice": (
        grid([ROUND], lambda rows: [*rows, rows[-1]]),
        ("omgangar.csv", "rad:        3", "en rad per"),
    ),
    "a shared placing that leaves no room": (
        replaced(f"{FIGURES}/unizon-2021/rankning.csv", "Trollhättan,1,nej", "Trollhättan,1,ja"),
        ("unizon-2021/rankning.csv", "placering 2 efter 2 på placering 1"),
    ),
    "a placing that does not say if it is shared": (
        replaced(f"{FIGURES}/unizon-2021/rankning.csv", "Trollhättan,1,nej", "Trollhättan,1,"),
        ("unizon-2021/rankning.csv", "delad", "ja, nej eller okänt"),
    ),
    # Curated tables
    "a municipality in another county": (
        replaced(f"{REFERENCE}/kommuner.csv", "0117,Österåker,01,", "0117,Österåker,03,"),
        ("kommuner.csv", "rad:        4", "två första siffror", "väntat:     01"),
    ),
    "a county of another name": (
        replaced(f"{REFERENCE}/kommuner.csv", "Vallentuna,01,Stockholm", "Vallentuna,01,Uppsala"),
        ("kommuner.csv", "rad:        3", "”Uppsala”", "Stockholm, som på de andra raderna"),
    ),
    "a municipality that no source names gone": (
        without(f"{REFERENCE}/kommuner.csv", "0115,"),
        ("kommuner.csv", "minst 290 kommuner"),
    ),
    "a municipality at sea": (
        replaced(f"{REFERENCE}/kommuner.csv", ",59.521,", ",9.521,"),
        ("kommuner.csv", "lat", "”9.521”"),
    ),
    "one of the parts a question was divided into gone": (
        without(LINKS, "2015,kompetensplan,2017,kompetensplan-barn"),
        ("indikatorer_mellan_ar.csv", "bara en del", "kompetensplan"),
    ),
    "all parts a question was divided into gone": (
        without(LINKS, "2015,kompetensplan,"),
        ("indikatorer_mellan_ar.csv", "fler delar hos källorna", "kompetensplan", "2 rader"),
    ),
    "a gap in the numbering": (
        replaced(f"{REFERENCE}/indikatorer_ar.csv", "2015,60,", "2015,61,"),
        ("indikatorer_ar.csv", "rad:        61", "lucka", "väntat:     60;"),
    ),
    "an area without its quality area": (
        replaced(f"{REFERENCE}/omraden.csv", "Insatser,trygghet-sakerhet", "Insatser,"),
        ("omraden.csv", "rad:        14", "fel plats i trädet"),
    ),
    "a label of an indicator that does not exist": (
        replaced(f"{REFERENCE}/etiketter.csv", ",statistik-utovare,", ",statistik-utovaren,"),
        ("etiketter.csv", "”statistik-utovaren”", "indikatorer.csv"),
    ),
    "an indicator directly under a quality area": (
        replaced(
            f"{REFERENCE}/indikatorer_ar.csv",
            "Social jourverksamhet,utanfor-kontorstid",
            "Social jourverksamhet,tillganglighet",
        ),
        ("indikatorer_ar.csv", "rad:        61", "”tillganglighet”"),
    ),
    "an indicator without an area": (
        replaced(
            f"{REFERENCE}/indikatorer_ar.csv",
            "Social jourverksamhet,utanfor-kontorstid",
            "Social jourverksamhet,",
        ),
        ("indikatorer_ar.csv", "rad:        61", "omraden.csv"),
    ),
    "a curated table in Latin-1": (
        recoded(f"{REFERENCE}/omraden.csv", "latin-1"),
        ("omraden.csv", "Latin-1", "UTF-8"),
    ),
    "a curated table in UTF-16": (recoded(f"{REFERENCE}/enheter.csv", "utf-16"), ("enheter.csv", "UTF-16")),
    # Review lists
    "a contradiction with a list for an id": (
        replaced(KNOWN, "avvikelse_id: antal-ja-2015-tyreso", "avvikelse_id: [antal-ja-2015-tyreso]"),
        ("kanda_avvikelser.yml", "post 1", "avvikelse_id"),
    ),
    "a review without a date": (
        replaced(KNOWN, "granskad: 2026-11-21", "granskad: i går"),
        ("kanda_avvikelser.yml", "post 1", "”i går”", "ÅÅÅÅ-MM-DD"),
    ),
    "a review on a day that does not exist": (
        replaced(KNOWN, "granskad: 2026-11-21", "granskad: 2026-02-30"),
        ("kanda_avvikelser.yml", "datum som finns"),
    ),
    "a review list that is no list": (
        written(KNOWN, "avvikelse_id: x\n"),
        ("kanda_avvikelser.yml", "en lista"),
    ),
    "sign-offs that are a number": (
        written(f"{REFERENCE}/granskade_utgavor.yml", "12\n"),
        ("granskade_utgavor.yml", "en lista"),
    ),
    "a sign-off with another decision": (
        written(
            f"{REFERENCE}/granskade_utgavor.yml",
            "- {kalla_id: oj-2016, beslut: kanske, innehall: a, "
            "granskad: 2026-01-01, granskad_av: b, skal: c}\n",
        ),
        ("granskade_utgavor.yml", "post 1", "”kanske”", "godkand eller underkand"),
    ),
    "an earlier sign-off without a reason": (
        written(
            f"{REFERENCE}/granskade_utgavor.yml",
            "- {kalla_id: oj-2016, beslut: godkand, innehall: a, "
            "granskad: 2026-01-01, granskad_av: b, skal: c, tidigare: [{beslut: underkand, innehall: a, "
            "granskad: 2025-01-01, granskad_av: b}]}\n",
        ),
        ("granskade_utgavor.yml", "post 1, tidigare 1", "Posten är inte hel"),
    ),
    "earlier sign-offs that are no list": (
        written(
            f"{REFERENCE}/granskade_utgavor.yml",
            "- {kalla_id: oj-2016, beslut: godkand, innehall: a, "
            "granskad: 2026-01-01, granskad_av: b, skal: c, tidigare: {skal: d}}\n",
        ),
        ("granskade_utgavor.yml", "tidigare", "en lista"),
    ),
    "a correction without a date": (
        lambda root: (root / REFERENCE / "rattelser.csv").open("a").write("igår,riket,a,b,c,nej,d\n"),
        ("rattelser.csv", NEXT_CORRECTION, "”igår”", "ÅÅÅÅ-MM-DD"),
    ),
    "a correction with a cell too few": (
        lambda root: (root / REFERENCE / "rattelser.csv").open("a").write("2026-01-01,riket,a,b,c\n"),
        ("rattelser.csv", NEXT_CORRECTION, "7 kolumner"),
    ),
    "a contradiction that does not say what each place says": (
        replaced(CLAIMS, ",samrådsgrupp,samordningsgrupp", ",samrådsgrupp,"),
        ("pastaenden.csv", "tredje-gruppens-namn", "kolumn:     ord_b", "i ord"),
    ),
    "a move without a version": (
        replaced(f"{REFERENCE}/flyttar.csv", "0.5.0,definitioner,fran_ar", "ny,definitioner,fran_ar"),
        ("flyttar.csv", "kolumn:     version", "”ny”", "0.5.0"),
    ),
    "a reading of a document that is not there": (
        replaced(f"{REFERENCE}/lasning.csv", "esv-2016,", "esv-2017,"),
        ("lasning.csv", "kalla_id", "”esv-2017”", "esv-2016"),
    ),
    "a reading with a number that is none": (
        replaced(f"{REFERENCE}/lasning.csv", ",832,", ",många,"),
        ("lasning.csv", "meningar", "”många”", "heltal"),
    ),
    "a damage test cut off": (
        written(f"{REFERENCE}/skadeprov.json", '[{"kalla_id": '),
        ("skadeprov.json", "make mutation"),
    ),
    "a damage test with other numbers": (
        replaced(f"{REFERENCE}/skadeprov.json", '"krav_stoppade": 30', '"krav_stoppade": 31'),
        ("skadeprov.json", "går inte ihop", "mellan Nej och Ja"),
    ),
    # Claims
    "a claim gone": (
        without(CLAIMS, "fjarde-omgangen,"),
        ("pastaenden.csv", "är borta", "fjarde-omgangen", "make suites"),
    ),
    "a claim said to be impossible to try": (
        replaced(
            CLAIMS, "lika,antal-indikatorer,,stammer,,,", "lika,inte-provbart,,gar_inte_att_prova,,,För svårt"
        ),
        ("pastaenden.csv", "rad:        4", "säger något annat"),
    ),
    "a claim nobody tries and nobody says why": (
        replaced(CLAIMS, "Intervjuerna redovisas inte en och en.", ""),
        ("pastaenden.csv", "det står inte varför", "kommentar"),
    ),
    "a claim without its words": (
        replaced(CLAIMS, "Undersökningen omfattar 60 indikatorer.", ""),
        ("pastaenden.csv", "rad:        4", "kolumn:     pastaende"),
    ),
    "a claim twice": (
        grid([CLAIMS], lambda rows: [*rows, rows[3]]),
        ("pastaenden.csv", "två rader", "antal-indikatorer"),
    ),
    "a claim about an indicator that does not exist": (
        replaced(CLAIMS, "andel-riket,info-kvinnor,", "andel-riket,info-kvinnnor,"),
        ("pastaenden.csv", "”info-kvinnnor”", "indikator_id ur indikatorer.csv"),
    ),
    "a claim about a unit that does not exist": (
        replaced(CLAIMS, "trollhattan | skyddat-boende-kvinnor", "trolhattan | skyddat-boende-kvinnor"),
        ("pastaenden.csv", "”trolhattan”", "enhet_id ur enheter.csv"),
    ),
    "a claim shown on the page of a unit that does not exist": (
        replaced(CLAIMS, "stammer_inte,,trollhattan,", "stammer_inte,,trolhattan,"),
        ("pastaenden.csv", "fem-myndigheter-i-barnhuset", "kolumn:     enhet_id", "”trolhattan”"),
    ),
    "a claim of a source that does not exist": (
        replaced(CLAIMS, "unizon-svarsfrekvens,unizon-2015,", "unizon-svarsfrekvens,unizon-1915,"),
        ("pastaenden.csv", "unizon-svarsfrekvens", "unizon-1915", "kallor.csv"),
    ),
    "the list of rows gone": (
        lambda root: (root / "expectations" / "rader.json").unlink(),
        ("expectations/rader.json", "”data/reference/pastaenden.csv”", "make suites"),
    ),
    # Suites
    "suites in each other's place": (
        swapped(f"{SUITES}/riket.json", f"{SUITES}/resultat.json"),
        ("resultat.json", "riket.json", "Sviten"),
    ),
}


TOGETHER = (
    (
        "a file that its origin does not mention",
        "single figures as a list",
        "single figures of a kind that does not exist",
        "a title that is a list",
        "a month that does not exist",
        "an address that is none",
        "a date that does not exist",
    ),
    (
        "a municipality in another county",
        "a county of another name",
        "a municipality at sea",
        "a gap in the numbering",
        "an area without its quality area",
        "a label of an indicator that does not exist",
        "an indicator directly under a quality area",
    ),
    ("the last figure of a source gone", "a placing of another source"),
    ("files of two sources in each other's place", "a whole source gone"),
    (
        "a claim said to be impossible to try",
        "a claim about an indicator that does not exist",
        "a claim about a unit that does not exist",
        "a claim shown on the page of a unit that does not exist",
        "a claim gone",
    ),
    ("a claim of a source that does not exist", "a shared placing that leaves no room"),
)


@pytest.mark.slow
@pytest.mark.parametrize("names", in_runs(DAMAGES, TOGETHER), ids=" + ".join)
def test_a_slip_in_a_curated_file_stops(names: tuple[str, ...], scratch: Project, capsys):
    for name in names:
        DAMAGES[name][0](scratch.root)
    code = main(["--rot", str(scratch.root), "kontrollera"])
    message = capsys.readouterr().err
    assert code == 1, message
    assert_told(message, [(*DAMAGES[name][1], "fil:", "väntat:", "gör så här:") for name in names])
    assert str(scratch.root) not in message and "Traceback" not in message


def test_a_corrected_transcription_is_recorded(scratch: Project, capsys):
    """The way out of a changed checksum, as the message says."""
    path = scratch.raw / "solna" / "rankning.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2017,Solna,58", "2017,Solna,57"), "utf-8")
    run = ["--rot", str(scratch.root)]
    assert main([*run, "kontrollera"]) == 1
    assert main([*run, "kontrollsummor"]) == 0
    assert capsys.readouterr().out.endswith("solna/rankning.csv\n")
    with (scratch.reference / "rattelser.csv").open("a", encoding="utf-8") as file:
        file.write('2026-11-22,rankning,"unizon 2017 solna, placering",58,57,ja,fel i avskriften\n')
    assert main([*run, "kontrollera"]) == 0
