"""What a reader can do on the pages: find a municipality, compare, fill in own answers, print."""

from __future__ import annotations

import csv
import json
import re
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode
from xml.etree import ElementTree

import golden
import pytest
from conftest import ROOT
from playwright.sync_api import Page, expect
from reading import BOX, figures, rows

from ojbrottsoffer.analysis.units.unit_profile import foremost
from ojbrottsoffer.presentation import text
from ojbrottsoffer.project import Project

UNITS = {
    # id: the name that the form gets, population group
    "goteborg-askim-frolunda-hogsbo": ("Göteborg, Askim-Frölunda-Högsbo", "5"),
    "hoganas": ("Höganäs", "2"),
    "lund": ("Lund", "4"),
    "nykvarn": ("Nykvarn", "1"),
    "ronneby": ("Ronneby", "2"),
    "skelleftea": ("Skellefteå", "4"),
    "trollhattan": ("Trollhättan", "3"),
    "tyreso": ("Tyresö", "3"),
}
PANEL = "Välj enheter och frågor"
"""The fold with what the comparison shows."""
STORED = "[{...localStorage}, {...sessionStorage}, document.cookie]"


def kept(page: Page) -> dict[str, str]:
    """What the tab keeps; nothing is ever kept longer than that."""
    longer, here, cookies = page.evaluate(STORED)
    assert not longer and not cookies
    return here


@pytest.mark.parametrize("unit", UNITS)
def test_own_answers_give_the_numbers_of_the_built_profile(page: Page, site_url, project, unit):
    """The calculation in the browser and the one in Python agree on every number."""
    page.goto(f"{site_url}/kommuner/{unit}/")
    built = figures(page)
    placing = page.locator(".oj-fakta dd").first.inner_text()
    name, group = UNITS[unit]
    requests: list[str] = []
    page.goto(f"{site_url}/din-kommun/")
    expect(page.locator(".oj-fragor__antal").first).not_to_be_empty()
    page.focus("#oj-namn")
    page.wait_for_load_state("networkidle")  # what draws a profile is there; nothing more is asked for
    page.on("request", lambda request: requests.append(request.url))
    assert kept(page) == {}
    page.fill("#oj-namn", name)
    page.select_option("#oj-grupp", group)
    codes = dict(zip(_ids(project), "".join(golden.PAGES[unit]), strict=True))
    page.evaluate(
        "codes => { for (const [id, code] of Object.entries(codes)) "
        "document.querySelector('#oj-egen').elements[id].value = code; }",
        codes,
    )
    page.get_by_role("button", name="Visa profilen").click()
    own = figures(page)
    assert own["fynd"] and len(own["omraden"]) == 4 and len(own["luckor"]) == 60 - int(own["antal"][0])
    assert own == built
    above = re.search(
        r"(\d+|Ingen) av 8 enheter i underlaget har fler ja-svar",
        page.locator("#oj-egen-profil").inner_text(),
    )[1]
    assert int(placing.split()[0]) == 1 + (0 if above == "Ingen" else int(above))
    assert not requests, "sidan skickade något"
    assert kept(page).keys() == {"oj-egna-svar"}


def test_few_answers_are_compared_only_with_the_same_questions(page: Page, site_url, project: Project):
    """Two answers: the nation and the eight on those two, nothing counted of what is not answered."""
    page.goto(f"{site_url}/din-kommun/")
    expect(page.locator(".oj-fragor__antal").first).not_to_be_empty()
    page.fill("#oj-namn", "Testkommun 001")
    page.wait_for_load_state("networkidle")
    answered = {0: "2", 59: "0"}
    indicators = _ids(project)
    fill = (
        "codes => { for (const [id, code] of Object.entries(codes)) "
        "document.querySelector('#oj-egen').elements[id].value = code; }"
    )
    page.evaluate(fill, {indicators[n]: code for n, code in answered.items()})
    page.get_by_role("button", name="Visa profilen").click()
    words = page.locator("#oj-egen-profil").inner_text()
    assert "Testkommun 001 (egna svar) svarar ja på 1 av 2 besvarade indikatorer" in words
    share = text.percent(sum(golden.SHARES[n] for n in answered) / 2)
    assert f"På samma frågor är andelen ja-svar i landet i genomsnitt {share}." in words
    codes = {unit: "".join(pages) for unit, pages in golden.PAGES.items()}
    above = sum(code[0] == code[59] == "2" for code in codes.values())
    assert f"{above} av 8 enheter i underlaget har fler ja-svar på samma frågor" in words
    assert "mindre än hälften" in words and "0 av 0" not in words
    assert "Ett ja-svar." in words and "1\u00a0indikator där svaret är Nej." in words
    assert "landet först" not in words, "en enda rad har ingen ordning"
    table = rows(page, "Andel ja-svar per kvalitetsområde")
    assert [row[1] for row in table] == ["1 av 1", "0 av 1"]
    assert [row[3] for row in table] == [f"{golden.SHARES[n]}\u00a0%" for n in answered]
    assert [row[4] for row in table] == [
        text.percent(100 * sum(code[n] == "2" for code in codes.values()) / 8) for n in answered
    ]
    assert "Den enda indikatorn utan ja-svar har" in words
    # to the comparison, without a server seeing them
    page.get_by_role("link", name="Jämför svaren med andras").click()
    matrix = page.locator("#oj-jamfor table.oj-matris")
    matrix.wait_for()
    assert "egna=2015." in page.url.split("#")[1]
    assert "Testkommun 001" in matrix.locator("thead").inner_text()
    lines = [row for row in rows(page, "Svar per indikator") if len(row) > 1]
    assert [row[2] for row in lines] == ["Ja", *["Uppgift saknas"] * 58, "Nej"]


def _ids(project: Project) -> list[str]:
    with (project.clean / "indikatorer_ar.csv").open(encoding="utf-8") as file:
        return [row["indikator_id"] for row in csv.DictReader(file) if row["ar"] == "2015"]


def test_saved_answers_can_be_opened_again_and_bad_files_are_refused(
    page: Page, site_url, project: Project, tmp_path: Path
):
    page.goto(f"{site_url}/din-kommun/?kommun=kiruna")
    expect(page.locator("#oj-namn")).to_have_value("Kiruna")
    lund = (project.site / "kommuner" / "lund" / "lund.csv").read_bytes()
    page.set_input_files("#oj-fil", {"name": "lund.csv", "mimeType": "text/csv", "buffer": lund})
    status = page.locator("#oj-meddelande")
    status.get_by_text("60\u00a0svar lästa ur lund.csv").wait_for()
    assert "47 av 60" in page.locator("#oj-egen-profil .oj-ingress").inner_text()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Spara svaren som CSV").click()
    assert saving.value.suggested_filename == "egna-svar-kiruna.csv"
    saved = Path(saving.value.path()).read_text(encoding="utf-8-sig")
    page.get_by_role("button", name="Töm").click()
    expect(page.locator("#oj-egen-profil")).to_be_hidden()
    assert saved.startswith("indikator_id;nr;indikator;svar_kod;svar"), "som ett svenskt Excel öppnar det"
    # what Excel and others make of it
    plain = saved.replace("\r\n", "\n")
    for name, content in (
        ("windows", plain.replace("\n", "\r\n").encode("cp1252")),
        ("unicode", ("\ufeff" + plain.replace(";", "\t")).encode("utf-16-le")),
        ("sep", ("sep=;\r\n" + plain).encode("utf-8")),
        ("mac", plain.replace("\n", "\r").encode("utf-8-sig")),
        ("decimaler", re.sub(r";([012]);(Ja|Delvis|Nej)", r";\1,0;\2", plain).encode("utf-8")),
        ("punkt", re.sub(r";([012]);(Ja|Delvis|Nej)", r";\1.00;\2", plain).encode("utf-8")),
    ):
        page.get_by_role("button", name="Töm").click()
        (tmp_path / f"{name}.csv").write_bytes(content)
        page.set_input_files("#oj-fil", tmp_path / f"{name}.csv")
        status.get_by_text(f"60\u00a0svar lästa ur {name}.csv").wait_for()
        assert "47 av 60" in page.locator("#oj-egen-profil .oj-ingress").inner_text()
    bad = tmp_path / "fel.csv"
    for line, wanted in (
        (
            saved.replace("social-jour;60;Social jourverksamhet;2", "social-jour;60;x;3"),
            "Rad 61, social-jour: ”3” är inget svar",
        ),
        (
            saved.replace(";Social jourverksamhet;2;", ";Social jourverksamhet;1,5;"),
            "Rad 61, social-jour: ”1,5” är inget svar",
        ),
        (saved.replace("social-jour", "sosial-jour"), "Rad 61: indikatorn ”sosial-jour” finns inte"),
        ("a,b\n1,2\n", "kolumnerna indikator_id och svar_kod"),
    ):
        bad.write_text(line, encoding="utf-8")
        page.set_input_files("#oj-fil", bad)
        status.get_by_text(wanted).wait_for()
        assert "Inget svar är ändrat" in status.inner_text()


TYPED = {
    "ange": "Ånge",
    "Höganas": "Höganäs",
    "elleft": "Skellefteå",
    "väsby": "Upplands Väsby",
    "askim": "Göteborg, Askim-Frölunda-Högsbo",
    "barn skol": "skol",
    "socialjour": "Social jour",
    "våld": "våld",
}


def test_the_box_finds_on_any_part_of_a_name(page: Page, site_url):
    page.goto(f"{site_url}/om/")
    box, options = page.get_by_role("combobox", name=BOX), page.get_by_role("option")
    for typed, found in TYPED.items():
        box.fill("")
        box.press_sequentially(typed)
        expect(options.last).to_contain_text(f"”{typed}”")  # the list is that of the whole word
        names = options.all_inner_texts()[:-1]
        assert any(found in option for option in names), (typed, names)
    assert "Valdemarsvik" not in names[0], "den som skriver å menar å"


def test_a_name_typed_whole_comes_before_the_districts_that_begin_with_it(page: Page, site_url):
    page.goto(f"{site_url}/om/")
    found = page.evaluate(
        """async (address) => {
      const { matching } = await import(address);
      const city = ["Testkommun Östra", "Test-stad", "Teststaden"].map((text) => ({ text }));
      const districts = city.flatMap(({ text }) => [...Array(14).keys()].map((n) => ({ text: `${text}, Teststadsdel ${n}` })));
      return ["Testkommun Östra", "testkommun ostra", "test-stad", "Teststad", "teststaden"].map((typed) =>
        matching([...districts, ...city], typed)[0].text);
    }""",
        f"{site_url}/assets/js/valjare.js",
    )
    assert found == ["Testkommun Östra", "Testkommun Östra", "Test-stad", "Test-stad", "Teststaden"]


def test_the_box_leads_on_with_the_keyboard_from_every_depth(page: Page, site_url):
    for start in ("/", "/kommuner/tyreso/", "/finns-inte-alls/"):
        page.goto(f"{site_url}/404.html" if "finns" in start else f"{site_url}{start}")
        box = page.get_by_role("combobox", name=BOX)
        box.press_sequentially("kirun")
        page.get_by_role("option").nth(1).wait_for()
        box.press("ArrowDown")
        assert box.get_attribute("aria-activedescendant")
        box.press("Enter")
        page.wait_for_url("**/kommuner/kiruna/")
        page.get_by_role("link", name="Fyll i svaren för Kiruna").click()
        page.wait_for_url("**/din-kommun/?kommun=kiruna")
    page.goto(f"{site_url}/")
    page.get_by_role("combobox", name=BOX).press_sequentially("kommunerna")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok/?q=kommunerna")
    page.locator(".oj-traffar li").nth(5).wait_for()


def test_a_name_typed_whole_and_one_letter_wrong(page: Page, site_url):
    """Enter goes to the unit that is called so; a word with one wrong letter finds what was meant."""
    for typed, where in (("Tyresö", "tyreso"), ("växjö kommun", "vaxjo"), ("höganas", "hoganas")):
        page.goto(f"{site_url}/om/")
        page.get_by_role("combobox", name=BOX).press_sequentially(typed)
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/kommuner/{where}/")
    box = page.get_by_role("combobox", name=BOX)
    box.press_sequentially("trolhättan")
    page.get_by_role("option", name="Trollhättan").wait_for()
    page.goto(f"{site_url}/sok/?q=kvinofrid")
    page.get_by_text("Visar ”kvinnofrid”").wait_for()
    assert page.locator(".oj-traffar a[href*='operation-kvinnofrid']").count() == 1
    for asked, address in (("kvinnofird", "operation-kvinnofrid"), ("hedersvåld", "hedersrelaterat-vald")):
        page.goto(f"{site_url}/sok/?q={asked}")
        page.locator(f".oj-traffar a[href*='{address}']").first.wait_for()
    page.goto(f"{site_url}/sok/?q={'a' * 300}")
    expect(page.locator("#oj-soksida [role=status]")).to_contain_text("Ingen sida handlar om")
    assert not page.locator(".oj-traffar li").count()
    assert page.get_by_role("combobox").count() == 1, "en enda sökruta på söksidan"
    page.goto(f"{site_url}/sok/?q=kommun")
    more = page.get_by_role("button", name="Visa fler träffar")
    more.click()
    page.locator(".oj-traffar li").nth(25).wait_for()


def test_ten_questions_give_a_first_result_and_go_along(page: Page, site_url, project: Project):
    page.goto(f"{site_url}/kommuner/kiruna/")
    ids = page.locator("#oj-tio tr[data-plats] input[value='2']").evaluate_all(
        "nodes => nodes.map((n) => n.name)"
    )
    shares = dict(zip(_ids(project), golden.SHARES, strict=True))
    assert len(ids) == 10 and sorted(shares.values())[-10:] == sorted(shares[i] for i in ids)
    for n, indicator in enumerate(ids):
        page.locator(f"#oj-tio input[name='{indicator}'][value='{0 if n < 3 else 2}']").check()
    words = page.locator("#oj-tio-svar").inner_text()
    mean = sum(shares[i] for i in ids) / 100
    assert "Kiruna (egna svar) svarar ja på 7 av 10." in words and f"cirka {text.number(mean, 1)} på" in words
    assert kept(page) == {}
    page.get_by_role("link", name="Fortsätt med alla 60 frågor").click()
    page.get_by_text("10\u00a0svar är ifyllda").wait_for()
    assert "#" not in page.url
    page.get_by_role("button", name="Visa profilen").click()
    expect(page.locator("#oj-egen-profil")).to_contain_text("svarar ja på 7 av 10 besvarade")
    page.fill("#oj-namn", "Testkommun 001")  # kept in the tab, and not the name of the next one's answers
    way_on = f"{site_url}/din-kommun/?kommun=ale#egna=2015." + "2" * 10 + "-" * 50
    page.goto("about:blank")
    page.goto(way_on)
    expect(page.locator("#oj-namn")).to_have_value("Ale")
    page.goto("about:blank")
    page.goto(f"{site_url}/din-kommun/#egna=2015.<b>2")
    page.get_by_text("Svaren i adressen passar inte frågorna här").wait_for()
    assert "10 av 60 frågor är besvarade" in page.locator("#oj-besvarade").inner_text()


def test_own_answers_stay_in_the_tab_and_go_along_in_a_link(page: Page, site_url):
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{site_url}/din-kommun/")
    expect(page.locator(".oj-fragor__antal").first).not_to_be_empty()
    page.fill("#oj-namn", "Testkommun 001")
    answers = page.locator("#oj-egen details[open] fieldset")
    for number, answer in ((0, "Ja"), (1, "Nej")):
        answers.nth(number).get_by_label(answer, exact=True).check()
    expect(page.locator(".oj-fragor__antal").first).to_have_text("2 av 14 besvarade")
    squares = page.locator("#oj-egen-rutor li").first  # the picture is filled in meanwhile
    assert squares.locator("title").all_text_contents()[:3] == [
        "Standardiserad bedömningsmetod: Ja",
        "Individuell uppföljning, vuxna: Nej",
        "Individuell uppföljning, barn: Uppgift saknas",
    ]
    assert squares.inner_text().startswith("2 av 14")
    page.reload()
    page.get_by_text("2\u00a0svar är kvar sedan du sist var här").wait_for()
    drawn = page.locator("#oj-egen-profil .oj-dia")  # the profile is back, with squares and spine
    assert (
        drawn.count() == 2 and drawn.first.is_visible() and drawn.last.locator(".oj-rygg__egen").count() == 1
    )
    assert asked == ["beforeunload"], "läsaren varnas innan svaren kan försvinna"
    assert answers.nth(1).get_by_label("Nej", exact=True).is_checked()
    assert "Kvar: Kunskapsbaserad verksamhet 12," in page.locator("#oj-besvarade").inner_text()
    page.get_by_role("button", name="Gör en länk med svaren").click()
    link = page.get_by_label("Länk med svaren").input_value()
    with page.context.new_page() as theirs:
        theirs.goto(link)
        theirs.get_by_text("2\u00a0svar är ifyllda").wait_for()
        assert theirs.url == f"{site_url}/din-kommun/"
        theirs.get_by_role("button", name="Visa profilen").click()
        expect(theirs.locator("#oj-egen-profil")).to_contain_text(
            "Testkommun 001 (egna svar) svarar ja på 1 av 2"
        )
    page.reload()
    page.get_by_role("button", name="Ta bort dem").click()
    assert kept(page) == {} and page.locator("#oj-namn").input_value() == ""
    assert squares.inner_text().startswith("0 av 14")
    page.get_by_role("button", name="Ta tillbaka de tidigare svaren").click()
    assert answers.nth(0).get_by_label("Ja", exact=True).is_checked() and kept(page)
    assert asked == ["beforeunload"], "den som har en länk förlorar inget"
    answers.nth(0).get_by_label("Nej", exact=True).check()
    page.keyboard.press("F5")  # only says that the browser will load the page again
    page.reload()
    assert asked == ["beforeunload"], "svaren är kvar efter en omladdning"
    expect(answers.nth(0).get_by_label("Nej", exact=True)).to_be_checked()
    with page.context.new_page() as forgetful:  # a browser that keeps nothing: there is something to lose
        forgetful.add_init_script("Storage.prototype.setItem = () => { throw new Error(); }")
        forgetful.on("dialog", lambda dialog: (asked.append("utan minne"), dialog.accept()))
        forgetful.goto(f"{site_url}/din-kommun/")
        forgetful.locator("#oj-egen details[open] fieldset").first.get_by_label("Ja", exact=True).check()
        forgetful.keyboard.press("F5")
        forgetful.reload()
    assert asked == ["beforeunload", "utan minne"]


def test_the_search_answers_the_queries_it_was_chosen_by(page: Page, site_url, project: Project):
    """`sokfragor.csv`: what readers may type and the addresses, or their beginnings, that do."""
    queries = list(csv.DictReader((ROOT / "tests" / "sokfragor.csv").open(encoding="utf-8")))
    places = {}
    for query in queries:
        asked = query["fraga"]
        page.goto(f"{site_url}/sok/?{urlencode({'q': asked})}")
        page.locator("#oj-soksida [role=status]").get_by_text(f"”{asked}”").wait_for()
        hits = page.eval_on_selector_all(".oj-traffar a", "links => links.map((link) => link.href)")
        good = tuple(f"{site_url}/{address}" for address in query["duger"].split("|"))
        places[asked] = next((n for n, url in enumerate(hits) if url.startswith(good)), None)
    found = [place for place in places.values() if place is not None]
    assert len(queries) == 30
    assert len([place for place in found if place == 0]) >= 24, places
    assert len([place for place in found if place < 10]) >= 29, places


def test_a_comparison_lives_in_its_address(page: Page, site_url):
    page.goto(f"{site_url}/jamfor/?enheter=tyreso,lund&omraden=tillganglighet&skillnader=1")
    matrix = page.locator("#oj-jamfor table.oj-matris")
    matrix.wait_for()
    tyreso, lund = ("".join(golden.PAGES[unit])[52:] for unit in ("tyreso", "lund"))
    differing = [n for n in range(8) if tyreso[n] != lund[n]]
    lines = [row for row in rows(page, "Svar per indikator") if len(row) == 4]
    words = {"2": "Ja", "1": "Delvis", "0": "Nej"}
    assert [row[2:] for row in lines] == [[words[tyreso[n]], words[lund[n]]] for n in differing]
    assert [row[1] for row in lines] == [f"{golden.SHARES[52 + n]}\u00a0%" for n in differing]
    assert page.locator("#oj-jamfor-fast").is_hidden()
    page.get_by_text(PANEL).click()
    page.get_by_label("Bara indikatorer där svaren skiljer sig").uncheck()
    assert matrix.locator("tbody td.tal").count() == 8
    with page.expect_download() as saving:
        page.get_by_role("button", name="Spara urvalet som CSV").click()
    saved = list(csv.DictReader(Path(saving.value.path()).open(encoding="utf-8-sig"), delimiter=";"))
    assert ["".join(row[unit] for row in saved) for unit in ("tyreso", "lund")] == [tyreso, lund]
    assert [row["lund_svar"] for row in saved] == [words[code] for code in lund]
    assert {row["ar"] for row in saved} == {"2015"} and all(row["kalla"] for row in saved)
    page.get_by_role("combobox", name="Lägg till enhet").press_sequentially("nykv")
    page.get_by_role("option", name="Nykvarn").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Skillnad").check()
    page.get_by_label("Skillnad mot").select_option("lund")
    address = page.url
    assert address.endswith("?enheter=tyreso,lund,nykvarn&omraden=tillganglighet&vy=skillnad&mot=lund")
    page.goto("about:blank")
    page.goto(address)
    page.locator("#oj-jamfor table").wait_for()
    assert page.get_by_label("Skillnad mot").input_value() == "lund"
    page.goto(f"{site_url}/jamfor/?enheter=tyreso,lund,nykvarn&vy=skillnad&mot=lund")
    page.locator("#oj-jamfor table").wait_for()
    nykvarn = "".join(golden.PAGES["nykvarn"])[52:]
    wanted = [100 * (codes.count("2") - lund.count("2")) / 8 for codes in (tyreso, nykvarn)]
    (last,) = (row for row in rows(page, "Skillnad i andel ja-svar mot Lund") if row[0] == "Tillgänglighet")
    shown = [re.fullmatch(r"([+\u2212]?\d+) \((\d)\u00a0av\u00a08\)", cell).groups() for cell in last[2:]]
    assert [int(points.replace("\u2212", "-")) for points, _ in shown] == [
        pytest.approx(value, abs=0.5) for value in wanted
    ]
    assert [int(ja) for _, ja in shown] == [codes.count("2") for codes in (tyreso, nykvarn)]
    assert last[1] == f"{text.percent(100 * lund.count('2') / 8)} ({lund.count('2')}\u00a0av\u00a08)"
    page.locator("#oj-jamfor .oj-hamta > summary").click()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Hämta siffror (CSV)").click()
    saved = csv.DictReader(StringIO(Path(saving.value.path()).read_text("utf-8-sig")), delimiter=";")
    (last,) = (row for row in saved if row["Område"] == "Tillgänglighet")
    assert [last[f"{unit}, procentenheter"] for unit in ("Tyresö", "Nykvarn")] == [
        points.lstrip("+").replace("\u2212", "-") for points, _ in shown
    ]
    assert [last[f"{unit}, ja av svaren"] for unit in ("Tyresö", "Nykvarn")] == [
        f"{ja} av 8" for _, ja in shown
    ]
    same = "".join(golden.PAGES["lund"])  # no difference anywhere is drawn too
    page.goto("about:blank")
    page.goto(f"{site_url}/jamfor/?enheter=lund,egna&vy=skillnad&mot=lund#egna=2015.{same}")
    page.locator("#oj-jamfor .oj-dia").wait_for()
    assert "NaN" not in page.locator("#oj-jamfor").inner_html()
    # the filter is for the list of answers: shares are of all that is chosen, with their base
    page.goto(f"{site_url}/jamfor/?enheter=tyreso,lund&omraden=tillganglighet&vy=staplar&skillnader=1")
    page.locator("#oj-jamfor table").wait_for()
    for row, codes in zip(sorted(rows(page, "Antal svar per enhet")), (lund, tyreso), strict=True):
        assert [int(cell) for cell in row[1:5]] == [codes.count(code) for code in "210"] + [0]
        assert row[5] == f"{text.percent(100 * codes.count('2') / 8)} ({codes.count('2')}\u00a0av\u00a08)"


def test_an_address_can_not_make_own_answers_look_published(page: Page, site_url):
    """Whatever the name in the address is: it is told that the answers are own, and it stays text."""
    name = '<a href="https://exempel.invalid/">Testkommun 001</a>'
    page.goto(
        f"{site_url}/jamfor/?enheter=egna&mot=egna#"
        + urlencode({"egna": "2015." + "2" * 60, "namn": f"\u202e{name}\u0302\u0302"})
    )
    shown = page.locator("#oj-jamfor")
    wanted = f"Egna svar: {name}"
    assert shown.locator("table.oj-matris thead th").last.inner_text() == wanted
    page.get_by_text(PANEL).click()
    assert shown.locator(".oj-bricka").inner_text() == f"{wanted} ×"
    assert "inte publicerade och inte granskade" in shown.locator(".oj-kalla").inner_text()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Spara urvalet som CSV").click()
    saved = list(csv.DictReader(Path(saving.value.path()).open(encoding="utf-8-sig"), delimiter=";"))
    assert {row["egna_svar"] for row in saved} == {"Ja"}
    assert all("egna svar, inte publicerade" in row["kalla"] for row in saved)
    page.get_by_role("radio", name="Staplar").check()
    chart = shown.get_by_role("img", name="av 60 frågor")
    chart.wait_for()
    assert any(wanted.startswith(name.rstrip("…")) for name in chart.locator("text").all_text_contents())
    assert rows(page, "Antal svar per enhet")[0][0] == wanted
    page.get_by_role("radio", name="Skillnad").check()
    assert shown.get_by_label("Skillnad mot").locator("option").last.inner_text() == wanted
    page.get_by_role("combobox", name="Lägg till enhet").press_sequentially("tyres")
    page.get_by_role("option", name="Tyresö").first.click()
    page.get_by_label("Skillnad mot").select_option("riket")
    assert rows(page, "Skillnad i andel ja-svar mot riket")
    assert not page.locator("[href*='exempel.invalid']").count()


TEXTS = """() => [...document.querySelectorAll(".oj-dia text")].map((node) => {
  const { x, y, width, height } = node.getBoundingClientRect();
  return { words: node.textContent, size: parseFloat(getComputedStyle(node).fontSize), x, y, width, height };
})"""


def collisions(texts: list[dict]) -> list[tuple[str, str]]:
    """Pairs of texts in a chart that lie on each other."""
    return [
        (a["words"], b["words"])
        for n, a in enumerate(texts)
        for b in texts[:n]
        if abs((a["x"] + a["width"] / 2) - (b["x"] + b["width"] / 2)) < (a["width"] + b["width"]) / 2 - 1
        and abs((a["y"] + a["height"] / 2) - (b["y"] + b["height"] / 2)) < (a["height"] + b["height"]) / 2 - 4
    ]


@pytest.mark.parametrize("width", (1280, 360))
def test_every_view_of_the_comparison_is_a_chart_of_our_own(page: Page, site_url, width):
    """Drawn in the page without a library, as wide as there is room for, its texts readable and apart."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site_url}/jamfor/")
    page.get_by_label("Ordna raderna efter").wait_for()
    answers = {unit: "".join(codes) for unit, codes in golden.PAGES.items()}
    marks = {
        "Rutor": ("rect", sum(len(codes) + codes.count("1") for codes in answers.values())),
        "Andelar": (".oj-rygg__egen", 8 * 4),
        "Staplar": (".oj-dia__del", sum(len(set(codes)) for codes in answers.values())),
        "Skillnad": (".oj-dia__stapel", 8 * 4),
    }
    for view, (mark, count) in marks.items():
        page.get_by_role("radio", name=view).check()
        chart = page.locator("#oj-jamfor figure svg.oj-dia")
        chart.wait_for()
        assert chart.locator(f":scope > {mark}").count() == count, view
        texts = page.evaluate(TEXTS)
        assert texts and min(text["size"] for text in texts) >= 12 and not collisions(texts), view
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert all(url.startswith(site_url) and "plotly" not in url for url in requests)
    page.get_by_role("radio", name="Staplar").check()
    counted = {row[0]: row[1] for row in rows(page, "Antal svar per enhet")}
    assert counted["Tyresö"] == "48" and counted["Trollhättan"] == "53"


def test_a_chart_can_be_taken_along_and_shown_elsewhere(page: Page, site_url, tmp_path: Path):
    """Picture, bitmap and figures as files; only the chart's own page may stand in another site's frame."""
    page.goto(f"{site_url}/kommuner/tyreso/")
    fold = page.locator(".oj-hamta", has_text="Tyresö svarar ja")
    fold.locator("summary").click()
    with page.expect_download() as saving:
        fold.get_by_role("button", name="Hämta bild (PNG)").click()
    png = Path(saving.value.path()).read_bytes()
    assert saving.value.suggested_filename == "rutor-tyreso.png"
    assert png[:4] == b"\x89PNG" and int.from_bytes(png[16:20]) >= 1440
    with page.expect_download() as saving:
        fold.get_by_role("link", name="Hämta siffror (CSV)").click()
    lines = Path(saving.value.path()).read_text(encoding="utf-8-sig").splitlines()
    answers = [line.rsplit(";", 1)[1] for line in lines[1:]]
    words = {"2": "Ja", "1": "Delvis", "0": "Nej"}
    assert answers == [words[code] for code in "".join(golden.PAGES["tyreso"])]
    code = fold.get_by_label("Kod för att visa diagrammet").input_value()
    assert f'src="{site_url}/diagram/rutor-tyreso.html"' in code
    (tmp_path / "index.html").write_text(f"{code}<iframe src='{site_url}/om/'></iframe>", encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as other, page.context.new_page() as elsewhere:
        Thread(target=other.serve_forever, daemon=True).start()
        elsewhere.goto(f"http://127.0.0.1:{other.server_port}/")
        frame, refused = (elsewhere.frame_locator("iframe").nth(n) for n in (0, 1))
        assert "Tyresö svarar ja på 48 av 60 frågor" in frame.locator("h1").text_content()
        assert frame.locator("tbody tr").count() == 60 and not frame.locator("script").count()
        assert not refused.locator("main").count(), "bara diagram får visas i ram"
        other.shutdown()
    page.emulate_media(color_scheme="dark")
    page.goto(f"{site_url}/jamfor/?vy=staplar&enheter=lund,hoganas&malgrupp=barn")
    page.locator("#oj-jamfor .oj-hamta > summary").click()
    for kind, sign in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with page.expect_download() as saving:
            page.get_by_role("button", name=f"Hämta bild ({kind})").click()
        picture = Path(saving.value.path()).read_bytes()
        assert picture.startswith(sign) and b"var(" not in picture
        if kind == "SVG":  # it stands alone: light, with title, signs, source and address
            drawn = ElementTree.fromstring(picture)
            said = " ".join(node.text or "" for node in drawn.iter("{http://www.w3.org/2000/svg}text"))
            for words in (
                "16 av 18 frågor om barn",
                "Delvis",
                "riket, antal ja",
                "Källa: ",
                f"{site_url}/jamfor/",
            ):
                assert words in said, words
            assert drawn[0].get("fill") in ("rgb(255, 255, 255)", "#ffffff")


def test_what_an_address_asks_for_in_vain_is_said(page: Page, site_url):
    """Unknown units, questions, years, views and markup are named as text, and nothing is saved of nothing."""
    asked = {
        "enheter": "tyreso,<b>x</b>",
        "indikatorer": "hittas-ej",
        "ar": "1999",
        "vy": "tårta",
        "mot": "x" * 300,
    }
    page.goto(f"{site_url}/jamfor/?{urlencode(asked)}#egna=1999.2")
    said = page.locator("#oj-jamfor > .oj-notis").inner_text()
    for words in ("”<b>x</b>”", "frågan ”hittas-ej”", "år ”1999” (här visas 2015)", "1 till"):
        assert words in said, (words, said)
    assert len(said) < 400 and not page.locator("#oj-jamfor b").count()
    save = page.get_by_role("button", name="Spara urvalet som CSV")
    expect(save).to_be_enabled()
    assert page.locator("#oj-jamfor table.oj-matris thead th").count() == 3
    page.goto(f"{site_url}/jamfor/?enheter=lund,lund&enheter=tyreso&mot=tyreso&skillnader=ja")
    said = page.locator("#oj-jamfor > .oj-notis").inner_text()
    for words in ("skillnader = ”ja”", "”enheter” mer än en gång", "samma id", "skillnad mot Tyresö"):
        assert words in said, (words, said)
    page.goto(f"{site_url}/jamfor/?enheter=%E2%80%AEdnul,tyreso")
    said = page.locator("#oj-jamfor > .oj-notis").inner_text()
    assert "”dnul”" in said and "\u202e" not in said
    page.goto(f"{site_url}/kommuner/tyreso/?roll=finns-inte")
    expect(page.get_by_text("Rollen ”finns-inte” i adressen finns inte här.")).to_be_visible()
    for address, words in (
        ("kommuner/?lan=01", "”lan” i adressen gör ingen skillnad: sidan har inget sådant val."),
        (
            "kommuner/lund/?omrade=x&svar=Nej",
            "”omrade” och ”svar” i adressen gör ingen skillnad: sidan har inga",
        ),
        ("roller/?kommun=zzz", "”kommun” i adressen gör ingen skillnad"),
        ("roller/fortroendevald/?kommun=<b>x</b>", "”<b>x</b>” finns inte bland dem som har svar 2015."),
        ("din-kommun/?kommun=x&kommun=y", "Adressen har ”kommun” mer än en gång. Den första gäller."),
        (f"om/?{'x' * 10_000}=<b>", f"”{'x' * 60}…” i adressen gör ingen skillnad"),
        (f"din-kommun/?kommun={'x' * 10_000}", f"Kommunen ”{'x' * 60}…” i adressen finns inte"),
        (f"din-kommun/#egna=2015.{'2' * 60}&grupp=9", "Befolkningsgruppen ”9” i adressen finns inte."),
    ):
        page.goto("about:blank")
        page.goto(f"{site_url}/{address}")
        expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()
    for address in ("om/?utm_source=x&fbclid=1", "kommuner/lund/?roll=", "jamfor/?vy=&mot=&skillnader="):
        page.goto(f"{site_url}/{address}")
        page.wait_for_load_state("networkidle")
        assert not page.get_by_text(re.compile("i adressen (gör|finns)|Adressen har|utelämnat")).count()
    page.goto(f"{site_url}/jamfor/?enheter=finns-inte")
    expect(save).to_be_disabled()
    page.get_by_role("combobox", name="Lägg till enhet").press_sequentially("lund")
    page.get_by_role("option", name="Lund", exact=True).click()
    expect(save).to_be_enabled()
    page.goto(f"{site_url}/jamfor/")
    expect(save).to_be_enabled()
    assert not page.locator("#oj-jamfor > .oj-notis").count()


def test_the_comparison_is_whole_without_scripts(plain: Page, site_url):
    plain.goto(f"{site_url}/jamfor/")
    assert plain.locator("table.oj-matris tbody td.tal").count() == 60
    assert plain.locator("table.oj-matris").is_visible()
    plain.goto(f"{site_url}/")
    plain.get_by_role("link", name="Alla kommuner").click()
    plain.get_by_role("link", name="Åsele").click()
    assert "finns inte i underlaget" in plain.locator("article").inner_text()


def test_answers_are_filtered_and_the_matrix_sorted_without_a_page_load(page: Page, site_url):
    page.goto(f"{site_url}/kommuner/lund/")
    page.get_by_text("Visa alla 60 svar").click()
    shown = page.locator(".oj-svarstabell tr[data-svar]:visible")
    page.locator("form.oj-verktyg").get_by_label("Ja", exact=True).uncheck()
    assert shown.count() == 13
    page.locator("form.oj-verktyg select").select_option("Tillgänglighet")
    assert shown.count() == 3
    page.get_by_text("3 av 60 svar visas").wait_for()
    page.goto(f"{site_url}/jamfor/")
    page.get_by_label("Ordna raderna efter").select_option("hog")
    shares = page.locator(".oj-matris tbody:visible tr td.tal").all_inner_texts()
    assert [int(text.split("\u00a0")[0]) for text in shares] == sorted(golden.SHARES, reverse=True)
    page.get_by_label("Ordna raderna efter").select_option("")
    shares = page.locator(".oj-matris tbody:visible tr td.tal").all_inner_texts()
    assert [int(text.split("\u00a0")[0]) for text in shares] == golden.SHARES


def test_every_municipality_is_in_the_box_and_has_a_page(project: Project):
    choices = json.loads((project.site / "assets" / "val.json").read_text(encoding="utf-8"))
    with (project.reference / "kommuner.csv").open(encoding="utf-8") as file:
        names = {row["kommun"] for row in csv.DictReader(file)}
    assert names <= {name for name, _, _ in choices} and len(names) == 290
    addresses = [address for _, address, _ in choices]
    assert len(addresses) == len(set(addresses)) == 290 + 1 + 60 + 8
    for address in addresses:
        assert (project.site / address / "index.html").is_file(), address


def test_ties_are_named_or_counted():
    units = [("a", 9), ("b", 5), ("c", 4), ("d", 4), ("e", 3)]
    assert foremost(units, 6) == (units[:4], 0)
    many = [("a", 9)] + [(f"u{n}", 4) for n in range(30)]
    assert foremost(many, 6) == (many[:6], 25)
    assert foremost(many[:7], 6) == (many[:7], 0) and foremost([], 6) == ([], 0)


def test_every_indicator_has_related_ones_and_every_municipality_a_next(project: Project):
    alone = 0
    for indicator in _ids(project):
        html = (project.site / "indikatorer" / indicator / "index.html").read_text("utf-8")
        related = html[html.index('id="narliggande"') :]
        assert re.search(r'<th scope="row">\s*<a href="\.\./[a-z-]+/"', related), indicator
        alone += "Indikatorn är ensam i sitt område" in related
    areas = [row["indikatoromrade_id"] for row in _rows(project, "indikatorer_ar") if row["ar"] == "2015"]
    assert alone == sum(areas.count(area) == 1 for area in areas) == 5
    html = (project.site / "kommuner" / "kiruna" / "index.html").read_text("utf-8")
    assert re.search(r'href="\.\./kinda/" rel="prev".*href="\.\./klippan/" rel="next"', html, re.S)


def _rows(project: Project, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader((project.clean / f"{table}.csv").open(encoding="utf-8")))


def test_an_indicator_page_shows_who_answers_what(project: Project):
    html = (project.site / "indikatorer" / "kompetensplan" / "index.html").read_text("utf-8")
    number = _ids(project).index("kompetensplan")
    part = html[html.index('id="vem"') : html.index("oj-kalla", html.index('id="vem"'))]
    lines = re.findall(r"<tr>\s*<th.*?</tr>", part, re.S)
    by_word = {
        re.search(r"(Ja|Delvis|Nej)\s*</span>", line)[1]: re.findall(r"kommuner/([a-z-]+)/", line)
        for line in lines[-3:]
    }
    codes = {unit: "".join(pages)[number] for unit, pages in golden.PAGES.items()}
    assert by_word == {
        word: [unit for unit in golden.PAGES if codes[unit] == code]
        for code, word in (("2", "Ja"), ("1", "Delvis"), ("0", "Nej"))
    }
    assert f"{golden.SHARES[number]}\u00a0% av dem som svarade" in re.sub(
        "<[^>]+>", "", html.replace("&nbsp;", "\u00a0")
    )


def test_a_long_name_does_not_hide_that_the_answers_are_own(page: Page, site_url):
    """Sixty signs are more than a chart has room for: what is cut is the name, in the file too."""
    name = "Testkommun 001 enligt SKL:s öppna jämförelser av stöd 2015 i"
    assert len(name) == 60
    for view in ("rutor", "staplar", "andelar"):
        page.goto("about:blank")
        page.goto(
            f"{site_url}/jamfor/?enheter=lund,egna&vy={view}#"
            + urlencode({"egna": "2015." + "2" * 60, "namn": name})
        )
        page.locator("#oj-jamfor .oj-hamta > summary").click()
        with page.expect_download() as saving:
            page.get_by_role("button", name="Hämta bild (SVG)").click()
        drawn = ElementTree.parse(saving.value.path()).getroot()
        texts = [node.text or "" for node in drawn.iter("{http://www.w3.org/2000/svg}text")]
        own = [text for text in texts if text.startswith(("Egna", "Test"))]
        assert own and all(text.startswith("Egna svar: T") and text.endswith("…") for text in own)
        assert f"Egna svar: {name}" in drawn.get("aria-label")
        if view == "rutor":  # bold names end before the bold numbers
            ends, begins = (
                page.locator(f".oj-dia .{kind}").evaluate_all(
                    f"all => all.map((one) => one.getBoundingClientRect().{side})"
                )
                for kind, side in (("oj-dia__rubrik", "right"), ("oj-dia__tal", "left"))
            )
            assert len(ends) == 2 and all(end < begin for end, begin in zip(ends, begins, strict=True))
