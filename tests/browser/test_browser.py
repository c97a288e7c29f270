"""The pages in headless Chromium: accessible, quiet, and whole on a narrow screen."""

from __future__ import annotations

import re

import golden
import pytest
from audit import look, miscoloured, violations
from playwright.sync_api import Page, expect
from reading import BOX

STATES = [
    "/jamfor/?vy=staplar&enheter=lund,finns-inte",
    "/jamfor/?vy=skillnad&enheter=lund,tyreso",
    "/sok/?q=barn",
    "/roller/samordnare-socialforvaltningen/?kommun=lund",
]
"""What scripts make of a page, besides the page of each type that `test_audit` looks at."""
WIDE, NARROW = ({"width": width, "height": 900} for width in (1280, 360))


def test_what_scripts_draw_is_accessible_quiet_and_fits(page: Page, site_url: str):
    """It takes its colours when it is drawn, so in the dark it is loaded anew."""
    problems: list[str] = []
    for address in STATES:
        problems += look(page, site_url, address, narrow=NARROW["width"])
    page.emulate_media(color_scheme="dark")
    for address in STATES:
        problems += look(page, site_url, address, {})
    assert not problems


def test_what_is_filled_in_and_suggested_is_accessible(page: Page, site_url: str):
    page.set_viewport_size(NARROW)
    page.goto(f"{site_url}/din-kommun/#egna=2015.{'210' * 20}")
    page.get_by_role("button", name="Gör en länk med svaren").click()
    page.get_by_role("button", name="Visa profilen").click()
    page.locator(".oj-meny summary").click()
    page.get_by_role("combobox", name=BOX).press_sequentially("lu")
    page.get_by_role("option").first.wait_for()
    assert not violations(page) and not miscoloured(page, True)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


SMALL = """() => [...document.querySelectorAll("svg text")].filter((node) => node.checkVisibility() && node.textContent.trim())
  .map((node) => [parseFloat(getComputedStyle(node).fontSize) * node.getScreenCTM().a, node.textContent])
  .filter(([size]) => size < 10.95)"""
LABELS = """() => [...document.querySelectorAll("svg:not(svg svg)")].filter((svg) => svg.checkVisibility()).flatMap((svg) => {
  const texts = [...svg.querySelectorAll("text")].filter((node) => node.checkVisibility() && node.textContent.trim());
  const words = texts.map((node) => node.textContent), boxes = texts.map((node) => node.getBoundingClientRect());
  const rounded = [...svg.querySelectorAll("rect[rx]")].map((node) => node.getBoundingClientRect());
  const bars = [...svg.querySelectorAll(".oj-landet__stapel")].map((node) => node.getBoundingClientRect());
  const open = getComputedStyle(svg).overflow === "visible";
  const frame = (open ? svg.closest("figure, main") : svg).getBoundingClientRect();
  return boxes.flatMap((a, n) => [
    ...(a.left < Math.max(frame.left, 0) - 1 || a.right > Math.min(frame.right, innerWidth) + 1 ? [`${words[n]} lämnar ramen`] : []),
    ...rounded.filter((b) => a.left > b.left && a.left < b.right && a.top > b.top && a.bottom < b.bottom && a.right > b.right)
      .map(() => `${words[n]} lämnar sin ruta`),
    ...[...boxes.slice(0, n), ...bars].flatMap((b, m) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4 ? [`${words[n]} krockar med ${m < n ? words[m] : "en stapel"}`] : []),
  ]);
})"""
"""The labels of drawings that lie on another, or reach out of the drawing or of the box they stand in."""
FIRST_PICTURE = """() => Math.min(...[...document.querySelectorAll("main svg")].filter((svg) => svg.checkVisibility())
  .map((svg) => svg.getBoundingClientRect()).filter(({ width, height }) => width >= 30 && height >= 24).map(({ bottom }) => bottom))"""
"""Where the first picture of a page ends."""
PICTURED = (
    *("", "kommuner/tyreso/", "kommuner/aneby/", "din-kommun/", "indikatorer/", "indikatorer/social-jour/"),
    *("metoder/", "metoder/operation-kvinnofrid/", "roller/samordnare-socialforvaltningen/"),
    *("framgangsfaktorer/", "framgangsfaktorer/samverkan/", "framgangsfaktorer/mata-kvalitet-resultat/"),
    *("kvalitet/", "data/", "om/", "om/stil/"),
)
"""Pages that begin with their picture: one of each kind that has something to show."""
UNFOLD = "for (const fold of document.querySelectorAll('details')) fold.open = true"
LONGEST = 16_000
"""Pixels of a page on a phone: twenty screens."""


def test_no_page_is_endless_on_a_phone_and_the_text_of_every_picture_can_be_read(page: Page, site_url: str):
    for address in (
        *(
            "kvalitet",
            "kvalitet/motsagelser",
            "kvalitet/kontroller",
            "data",
            "rankning/over-tid",
            "om",
            "om/kor-om/meddelanden",
            "english",
            "framgangsfaktorer",
            "framgangsfaktorer/omraden",
            "framgangsfaktorer/vantat",
            "kommuner/vaxjo",
            "roller",
        ),
        *("metoder/jonkoping-valdsutovare", "metoder/trollhattan", "metoder/sodertalje-tio-steg"),
        *(
            "diagram/unizon.html",
            "diagram/rutor-tyreso.html",
            "diagram/omraden-tyreso.html",
            "diagram/landet.html",
            "diagram/pastaenden.html",
            "diagram/artal.html",
            "diagram/spridning.html",
            "diagram/over-tid-extern-vuxna-polis.html",
        ),
    ):
        page.set_viewport_size(NARROW)
        page.goto(f"{site_url}/{address}{'' if address.endswith('html') else '/'}")
        height, width = page.evaluate(
            "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
        )
        assert height < LONGEST and width <= NARROW["width"], (address, height, width)
        assert not page.evaluate(SMALL), address
        page.evaluate(UNFOLD)
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], address
        assert not page.evaluate(LABELS), address
        page.set_viewport_size(WIDE)
        assert not page.evaluate(LABELS), address


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (360, 800)])
def test_a_page_begins_with_its_picture_and_the_comparison_with_its_answers(
    page: Page, site_url, width, height
):
    page.set_viewport_size({"width": width, "height": height})
    ends = {}
    for address in PICTURED:
        page.goto(f"{site_url}/{address}")
        ends[address] = page.evaluate(FIRST_PICTURE)
    assert not {address: end for address, end in ends.items() if end > height}
    page.goto(f"{site_url}/jamfor/")
    page.get_by_label("Ordna raderna efter").wait_for()
    answer = page.locator("table.oj-matris td[data-svar]").first.bounding_box()
    assert answer["y"] + answer["height"] < height


@pytest.mark.parametrize(("width", "most"), [(1280, 700), (360, 900)])
def test_every_profile_begins_with_its_squares_and_its_spine(page: Page, site_url, width, most):
    page.set_viewport_size({"width": width, "height": 900})
    ends = {}
    for unit in golden.PAGES:
        page.goto(f"{site_url}/kommuner/{unit}/")
        box = page.locator(".oj-ryggar").bounding_box()
        ends[unit] = box["y"] + box["height"]
    assert len(ends) == 8 and max(ends.values()) <= most, ends


def test_the_header_is_one_row_with_the_sites_name_from_768_pixels(page: Page, site_url):
    page.set_viewport_size({"width": 768, "height": 900})
    page.goto(f"{site_url}/kommuner/tyreso/")
    assert page.evaluate("document.documentElement.scrollWidth") == 768
    name, search, last = (
        page.locator(which).bounding_box()
        for which in (".oj-hem span", ".oj-huvud__sok input", ".oj-huvudmeny li:last-child a")
    )
    assert name["width"] > 100 and name["x"] + name["width"] < search["x"]
    assert search["x"] + search["width"] < last["x"] and last["y"] < search["y"] + search["height"]


@pytest.mark.parametrize("size", (WIDE, NARROW), ids=["wide", "narrow"])
def test_start_and_profile_are_readable_without_javascript(plain: Page, site_url, size):
    plain.set_viewport_size(size)
    plain.goto(f"{site_url}/")
    plain.get_by_role("link", name="Tyresö 48 ja av 60").click()
    assert plain.url == f"{site_url}/kommuner/tyreso/"
    assert plain.locator("h1").inner_text().startswith("Tyresö svarar ja på 48 av 60")
    plain.get_by_text("Visa alla 60 svar").click()
    rows = plain.locator(".oj-svarstabell tbody tr:has(.oj-plats)")
    assert rows.count() == 60
    source = rows.nth(40).locator("summary")
    source.click()
    assert rows.nth(40).get_by_text("tabell 1, sida 4, del 2, rad 3 bland").is_visible()
    assert rows.nth(40).get_by_text("22\u00a0%").is_visible()


def test_a_link_to_a_contradiction_opens_it(page: Page, site_url):
    page.goto(f"{site_url}/kommuner/tyreso/")
    page.locator(".oj-avvikelse summary").click()
    page.locator("a[href$='#antal-ja-2015-tyreso']").first.click()
    page.wait_for_selector("details[open] > summary#antal-ja-2015-tyreso")
    assert page.locator("details[open] > summary[id^='pastaende-']").count() == 0


@pytest.mark.parametrize(
    ("before", "now", "opened"),
    [
        ("kvalitet/#antal-ja-2015-tyreso", "kvalitet/motsagelser/", "#antal-ja-2015-tyreso"),
        ("kvalitet/#pastaende-2015-barnhusets-namn", "kvalitet/motsagelser/", "[id^=pastaende-2015-barn]"),
        ("kvalitet/#pastaende-antal-enheter", "kvalitet/pastaenden/", "#pastaende-antal-enheter"),
        ("framgangsfaktorer/#forvanar-lund", "framgangsfaktorer/vantat/", "#forvanar-lund table"),
        ("framgangsfaktorer/#indikatoromrade", "framgangsfaktorer/omraden/", "#indikatoromrade"),
    ],
)
def test_an_address_of_what_has_moved_to_a_page_of_its_own_leads_there(
    page: Page, site_url, before, now, opened
):
    page.goto(f"{site_url}/{before}")
    page.wait_for_url(f"{site_url}/{now}#{before.split('#')[1]}")
    expect(page.locator(opened).first).to_be_visible()
    page.goto(f"{site_url}/{before.split('#')[0]}#finns-inte")
    assert page.url.endswith(f"/{before.split('#')[0]}#finns-inte")


def test_what_is_missing_is_sorted_last_in_both_directions(page: Page, site_url):
    """No figure of a sorted list is missing today: two are taken away on the way to the browser."""

    def thinned(route):
        response = route.fetch()
        html = re.sub(r'(<td[^>]*"Riket"[^>]* indikator_id=[^>]*>)[^<]*', r"\1–", response.text(), count=2)
        route.fulfill(response=response, body=html)

    page.route("**/framgangsfaktorer/omraden/", thinned)
    page.goto(f"{site_url}/framgangsfaktorer/omraden/")
    page.get_by_text("Visa alla 60 indikatorer").click()
    table = page.get_by_role("table", name="Andel ja-svar per indikator, riket")
    table.get_by_role("button", name="Riket").click()
    for rising in (False, True):
        cells = table.locator("tbody td:nth-child(3)").evaluate_all(
            "(all) => all.map((one) => one.textContent.trim())"
        )
        known = [int(re.match(r"\d+", cell)[0]) for cell in cells[:-2]]
        assert cells[-2:] == ["–", "–"] and known == sorted(known, reverse=not rising)
        table.get_by_role("button", name="Riket").click()


def test_a_profile_is_a_table_also_on_a_narrow_screen(page: Page, site_url):
    page.set_viewport_size(NARROW)
    page.goto(f"{site_url}/kommuner/tyreso/")
    page.get_by_text("Siffrorna i en tabell").click()
    table = page.get_by_role("table", name="Andel ja-svar per kvalitetsområde")
    assert table.get_by_role("row").count() == 5
    assert table.get_by_role("columnheader").count() == 6
    assert table.get_by_role("cell", name="12 av 13").count() == 1


MIDDLES = """(matrix) => [matrix.tHead.rows[0],
    [...matrix.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.querySelector("td"))[3],
    matrix.tFoot.rows[0]].map((row) => [...row.cells].filter((cell) => cell.checkVisibility()).map((cell) => {
  const box = cell.getBoundingClientRect();
  return box.x + box.width / 2;
}))"""
"""Where the middle of each cell is: in the head, in a row of answers and in the foot."""


@pytest.mark.parametrize("address", ["/jamfor/", "/jamfor/?enheter=lund,tyreso"])
@pytest.mark.parametrize("javascript", [True, False])
def test_every_answer_of_the_matrix_stands_under_its_unit(
    bare: Page, plain: Page, site_url, address, javascript
):
    """On a narrow screen rows are laid out one by one; their columns must still be the same."""
    page, columns = (bare if javascript else plain), (3 if javascript and "tyreso" in address else 9)
    page.set_viewport_size(NARROW)
    page.goto(site_url + address)
    matrix = page.locator("table.oj-matris:visible")
    expect(matrix.locator("thead tr > :is(th, td):visible")).to_have_count(columns)
    heads, answers, sums = (row[-columns:] for row in matrix.evaluate(MIDDLES))
    assert answers == pytest.approx(heads, abs=3) and sums == pytest.approx(heads, abs=3)


def test_a_notebook_chart_is_drawn_from_our_own_files(page: Page, site_url):
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{site_url}/anteckningsbocker/01_inlasning/")
    assert not any("plotly" in url for url in requests), "biblioteket hämtas innan det behövs"
    page.locator("[data-oj-figur]").scroll_into_view_if_needed()
    page.wait_for_selector('[data-oj-figur="ritad"] .bars .point')
    assert page.locator("[data-oj-figur] .bars .point").count() == 24
    assert all(url.startswith(site_url) for url in requests)
    page.emulate_media(media="print")
    assert page.locator(".oj-figur .oj-bild").bounding_box()["height"] > 100, "den stilla bilden skrivs ut"
    assert not page.locator(".js-plotly-plot").is_visible()
