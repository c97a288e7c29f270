"""The method pages: whole without scripts, linked both ways, and forms that keep to themselves."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html import unescape

import openpyxl
import pytest
from audit import look
from htmltext import flat
from playwright.sync_api import Page

from ojbrottsoffer.analysis.edition import read_tables
from ojbrottsoffer.analysis.units.guide import Guide
from ojbrottsoffer.project import Project
from ojbrottsoffer.site.downloads import method_files
from ojbrottsoffer.sources.reference.register import load_reference

PAGES = (
    "sodertalje-tio-steg",
    "operation-kvinnofrid",
    "katrineholm-uppfoljning",
    "jonkoping-valdsutovare",
    "intervjuguide",
    "trollhattan",
    "fraga-om-vald",
    "hedersrelaterat-vald",
)
TYPED = ("Ny rutin", "En väg in", "två", "Delvis")
"""What the tests fill in; the theme keeps its colour scheme in the browser, and nothing else is kept."""
STEPS = "/metoder/sodertalje-tio-steg/"
PARTS = ("", "grundorsaker/", "planen/", "principer/", "prioritera/", "tal/")
"""The pages of the ten steps, each with one question."""


@pytest.fixture(scope="module")
def tables(project: Project):
    return read_tables(project.clean)


@pytest.fixture(scope="module")
def guide(project: Project) -> Guide:
    return Guide.load(project, load_reference(project))


def html(project: Project, address: str) -> str:
    return flat((project.site / address / "index.html").read_text(encoding="utf-8"))


def words(text: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


@pytest.mark.parametrize("name", PAGES)
def test_a_method_leads_to_what_it_helps_with_and_back(project: Project, tables, guide, name):
    """What is linked to the method or its area, and what a tip that leads to the method can move."""
    page = html(project, f"metoder/{name}")
    assert f'href="{name}/"' in html(project, "metoder")
    links = tables["metoder_kopplingar"].query("metod_id == @name")
    of_edition = tables["indikatorer_ar"]
    areas = set(links["indikatoromrade_id"].dropna())
    own = set(links["indikator_id"].dropna())
    tips = [tip for tip in guide.tips.tips.values() if tip.metod == name]
    indicators = [
        row.indikator_id
        for row in of_edition.itertuples()
        if row.indikatoromrade_id in areas
        or row.indikator_id in own
        or any(tip.moves(row.indikator_id, row.indikatoromrade_id) for tip in tips)
    ]
    assert indicators
    for indicator in indicators:
        assert f'href="../../indikatorer/{indicator}/"' in page
        assert f'href="../../metoder/{name}/"' in html(project, f"indikatorer/{indicator}")
    other = next(i for i in of_edition["indikator_id"] if i not in set(indicators))
    assert (
        f'href="../../metoder/{name}/"'
        not in re.split('id="metoder"', html(project, f"indikatorer/{other}"))[-1].split("<h2")[0]
    )
    for factor in links["faktor_id"].dropna():
        assert f'href="../../framgangsfaktorer/{factor}/"' in page
        assert f'href="../../metoder/{name}/"' in html(project, f"framgangsfaktorer/{factor}")


def test_the_squares_of_a_method_are_the_questions_that_it_helps_with(project: Project, tables):
    """On its card and on its own page: as many full squares as its page lists questions, of all there are."""
    cards = html(project, "metoder/").split('<ul class="oj-kort')[1].split("</ul>")[0].split("<li>")[1:]
    assert len(cards) == len(tables["metoder"])
    for card in cards:
        address = re.search(r'href="([\w-]+)/"', card)[1]
        number = int(re.search(r'oj-siffra">(\d+)<', card)[1])
        page = html(project, f"metoder/{address}/")
        assert re.search(rf"Visa {number}\sindikator", unescape(page)), address
        for shown in (card, page.split("oj-valda")[1].split("</figure>")[0]):
            paths = re.findall(r'd="([^"]+)" fill="([^"]+)"', shown)
            full = sum(path.count("h12v12") for path, fill in paths if "accent" in fill)
            assert full == number and sum(path.count("h12v12") for path, _ in paths) == 60, address


def test_every_figure_and_answer_is_in_the_html(project: Project, tables):
    steps = " ".join(words(html(project, (STEPS + part).strip("/"))) for part in PARTS)
    for row in tables["sodertalje_bedomning"].itertuples():
        assert f"{row.princip} " in steps and f"{row.varde:.1f}".replace(".", ",") in steps
    for row in tables["sodertalje_plan"].itertuples():
        assert f"{row.atgard_nr}. {row.atgard}" in steps
    for text in (*tables["sodertalje_steg"]["lardom"], *tables["sodertalje_checklista"]["moment"]):
        assert text in steps
    county = words(html(project, "metoder/jonkoping-valdsutovare"))
    for row in tables["valdsutovare_jonkoping"].dropna(subset=["svarstext"]).itertuples():
        assert f"{row.kommun} {row.svarstext}" in county
    for row in tables["metod_nyckeltal"].itertuples():
        shown = f"{row.varde:g}".replace(".", ",")
        page = steps if row.metod_id in STEPS else words(html(project, f"metoder/{row.metod_id}"))
        assert re.search(rf"{re.escape(row.metodtal)}.{{0,170}}? {shown} ", page), row.metodtal


def test_the_matrix_marks_what_could_not_be_read(project: Project, tables):
    page = html(project, "metoder/jonkoping-valdsutovare")
    matrix = page[page.index("oj-svarsmatris") :].split("</table>")[0]
    signs = re.findall(r'<span aria-hidden="true">(.)</span><span class="oj-dold">([^<]+)</span>', matrix)
    frame = tables["valdsutovare_jonkoping"]
    assert len(signs) == len(frame)
    counts = {word: sum(1 for _, w in signs if w == word) for _, word in signs}
    codes = frame["sakerhet_i_avlasningen"].value_counts()
    missing = frame["saknas_orsak"].eq("uppgift_saknas").sum()
    assert counts["svar saknas"] == missing == 6
    assert counts["svar finns"] == frame["svarstext"].notna().sum()
    assert counts["går inte att avläsa"] == codes["etikett_lossnad"]
    assert counts["inte namngiven"] == codes["inte_namngiven"]
    assert counts["finns inte i tabellen"] == codes["inte_upptagen"]
    assert "konfidentiellt" in page


def test_the_form_for_follow_up_is_empty_and_checks_each_column(project: Project, tables):
    book = openpyxl.load_workbook(project.site / method_files.ADDRESSES["uppfoljning"])
    sheet = book["Registrering"]
    variables = tables["uppfoljning_variabler"]
    assert [cell.value for cell in sheet[1]] == list(variables["variabel"])
    assert sheet.max_row == 1
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert len(rules) == len(variables)
    for row, (where, rule) in zip(variables.itertuples(), rules.items(), strict=True):
        assert where.endswith(str(method_files.ROWS + 1)) and rule.errorStyle in (None, "stop")
        if row.variabeltyp == "lista":
            assert rule.formula1.strip('"').split(",") == row.varden.split(" | ")
        else:
            assert rule.type == {"antal": "whole", "kvartal": "custom"}[row.variabeltyp]
    assert "personnummer" in book["Läs först"]["A1"].value


def test_the_checklist_and_the_assessment_hold_every_row(project: Project, tables):
    tasks = openpyxl.load_workbook(project.site / method_files.ADDRESSES["checklista"]).active
    assert [row[2] for row in tasks.iter_rows(min_row=2, values_only=True)] == list(
        tables["sodertalje_checklista"]["moment"]
    )
    asked = openpyxl.load_workbook(project.site / method_files.ADDRESSES["sjalvskattning"]).active
    assert [row[1] for row in asked.iter_rows(min_row=2, values_only=True)] == list(
        tables["sjalvskattning"]["skattas"]
    )


@pytest.fixture
def page(bare: Page) -> Iterator[Page]:
    asked: list[str] = []
    bare.on("request", lambda request: asked.append(request.method))
    yield bare
    assert set(asked) <= {"GET"}
    stored = bare.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert not any(typed in stored for typed in TYPED), stored


def downloaded(page: Page, button: str, form: str) -> list[list[str]]:
    with page.expect_download() as waiting:
        page.locator(form).get_by_role("button", name=button).click()
    text = waiting.value.path().read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_pages_are_accessible_and_fit(bare: Page, site_url):
    """Each of them, since each has its own forms and pictures; the one with most kinds of them in the dark
    scheme too."""
    problems = []
    bare.set_viewport_size({"width": 360, "height": 900})
    parts = [STEPS + part for part in PARTS[1:]]
    for address in ("/metoder/", *(f"/metoder/{name}/" for name in PAGES), *parts):
        problems += look(bare, site_url, address, dark="prioritera" in address)
    assert not problems


def test_without_scripts_everything_stands_there(plain: Page, site_url):
    plain.goto(f"{site_url}{STEPS}planen/")
    rows = plain.locator("table[data-oj-urval] tbody tr")
    assert rows.count() == 28 and rows.last.is_visible()
    plain.goto(f"{site_url}{STEPS}#prioritera")  # an address from before the page was divided
    plain.locator("#prioritera").click()
    assert plain.get_by_label("Förslag 8", exact=True).is_visible()
    assert not plain.get_by_role("button", name="Spara som CSV").first.is_visible()
    plain.goto(f"{site_url}/metoder/operation-kvinnofrid/")
    assert plain.get_by_label("Hos oss").count() == 5


def test_the_plan_can_be_chosen_by_actor(page: Page, site_url, tables):
    page.goto(f"{site_url}{STEPS}planen/")
    rows = page.locator("table[data-oj-urval] tbody tr")
    page.get_by_label("Aktör").select_option("Åklagarna")
    shown = [row.inner_text() for row in rows.all() if row.is_visible()]
    plan = tables["sodertalje_plan"]
    expected = plan[plan["ansvarig"].str.lower().str.contains("åklag")]
    assert len(shown) == len(expected) == 3
    assert page.get_by_text("3 av 28 åtgärder visas").is_visible()
    page.get_by_label("Aktör").select_option("Kvinnojouren")
    assert page.get_by_text("1 av 28 åtgärder visas").is_visible()
    page.get_by_label("Del av planen").select_option("Hälso- och sjukvård")
    assert page.get_by_text("0 av 28 åtgärder visas").is_visible()


def test_proposals_are_placed_by_value_and_ease(page: Page, site_url):
    page.goto(f"{site_url}{STEPS}prioritera/")
    for nr, name, value, ease in (
        (1, "=1+1;@b", "2", "2"),
        (2, "En väg in", "5", "4"),
        (3, "Eget hus", "4", "1"),
    ):
        page.get_by_label(f"Förslag {nr}", exact=True).fill(name)
        page.get_by_label(f"Värde för förslag {nr}").select_option(value)
        page.get_by_label(f"Enkelhet för förslag {nr}").select_option(ease)
    assert page.locator("#oj-prioritering-punkter circle").count() == 3
    assert downloaded(page, "Spara som CSV", "#oj-prioritering") == [
        ["forslag", "ruta", "varde", "enkelhet"],
        ["En väg in", "Gör först", "5", "4"],
        ["Eget hus", "Planera", "4", "1"],
        ["'=1+1;'@b", "Vänta", "2", "2"],
    ]


def test_the_assessment_is_filled_in_by_keyboard_saved_and_opened_again(page: Page, site_url, tmp_path):
    page.goto(f"{site_url}/metoder/intervjuguide/")
    form = "[data-oj-formular]"
    first = page.locator(f"{form} fieldset").first
    first.get_by_label("Finns").focus()
    page.keyboard.press("ArrowRight")
    assert first.get_by_label("Delvis").is_checked()
    note = page.get_by_label("Hur vet ni det, och vad är nästa steg?").first
    note.fill('- ja, "minst" två\n=1+1')
    saved = downloaded(page, "Spara som CSV", form)
    assert saved[0] == ["del", "fraga", "svar"] and saved[1][2] == "Delvis"
    assert saved[2] == ["Politiken", "Anteckning", "'- ja, \"minst\" två\n'=1+1"], "ingen text är en formel"
    row = page.get_by_role("row", name=re.compile("^Politiken"))
    assert [cell.inner_text() for cell in row.get_by_role("cell").all()] == ["0", "1", "0", "0", "2"]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(saved)
    page.locator("[data-oj-oppna]").set_input_files(
        {
            "name": "a.csv",
            "mimeType": "text/csv",
            "buffer": out.getvalue().replace("Delvis", "Kanske").encode(),
        }
    )
    page.get_by_text("Rad 2 hör inte till formuläret").wait_for()
    assert first.get_by_label("Delvis").is_checked()
    page.reload()
    page.locator("[data-oj-oppna]").set_input_files(
        {"name": "b.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}
    )
    page.get_by_text(re.compile(r"2\srader inlästa")).wait_for()
    assert note.input_value() == '- ja, "minst" två\n=1+1'
    assert page.locator(f"{form} fieldset").first.get_by_label("Delvis").is_checked()
