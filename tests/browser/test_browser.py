"""The pages in headless Chromium: accessible, quiet, and whole on a narrow screen."""

from __future__ import annotations

import pytest
from audit import COLOURS, look, samples
from playwright.sync_api import Browser, BrowserContext, Page

STATES = [
    "/jamfor/?vy=staplar&enheter=lund,finns-inte",
    "/jamfor/?vy=skillnad&enheter=lund,tyreso",
    "/sok/?q=barn",
    "/roller/samordnare-socialforvaltningen/?kommun=lund",
]
"""What scripts make of a page, besides the page of each type that is looked at."""
WIDE, NARROW = 1280, 360


def context(browser: Browser, width: int, **options: object) -> BrowserContext:
    return browser.new_context(viewport={"width": width, "height": 900}, **options)


def test_pages_are_accessible_quiet_and_fit(browser: Browser, site_url: str, project):
    """One page of every type, light and dark, wide and narrow: axe, console, security policy, other
    hosts, width, cookies. What scripts draw takes its colours when it is drawn, so that is loaded anew."""
    problems: list[str] = []
    with context(browser, WIDE, reduced_motion="reduce") as chromium:
        page = chromium.new_page()
        for address in samples(project.site).values():
            problems += look(page, site_url, address, dark=True, narrow=NARROW)
        for address in STATES:
            problems += look(page, site_url, address, narrow=NARROW)
        page.emulate_media(color_scheme="dark")
        for address in STATES:
            problems += look(page, site_url, address, COLOURS)
        assert not chromium.cookies()
    assert not problems


@pytest.mark.parametrize("width", (WIDE, NARROW))
def test_start_and_profile_are_readable_without_javascript(browser: Browser, site_url, width):
    with context(browser, width, java_script_enabled=False) as chromium:
        page = chromium.new_page()
        page.goto(f"{site_url}/")
        page.get_by_role("link", name="Tyresö 48 ja av 60").click()
        assert page.url == f"{site_url}/kommuner/tyreso/"
        assert page.locator("h1").inner_text().startswith("Tyresö svarar ja på 48 av 60")
        page.get_by_text("Visa alla 60 svar").click()
        rows = page.locator(".oj-svarstabell tbody tr:has(.oj-plats)")
        assert rows.count() == 60
        source = rows.nth(40).locator("summary")
        source.click()
        assert rows.nth(40).get_by_text("tabell 1, sida 4, del 2, rad 3 bland").is_visible()
        assert rows.nth(40).get_by_text("22\u00a0%").is_visible()


def test_a_link_to_a_contradiction_opens_it(browser: Browser, site_url):
    with context(browser, WIDE) as chromium:
        page = chromium.new_page()
        page.goto(f"{site_url}/kommuner/tyreso/")
        page.locator(".oj-avvikelse summary").click()
        page.locator("a[href$='#antal-ja-2015-tyreso']").first.click()
        page.wait_for_selector("details[open] > summary#antal-ja-2015-tyreso")
        assert page.locator("details[open] > summary[id^='pastaende-']").count() == 0


def test_a_profile_is_a_table_also_on_a_narrow_screen(browser: Browser, site_url):
    with context(browser, NARROW) as chromium:
        page = chromium.new_page()
        page.goto(f"{site_url}/kommuner/tyreso/")
        page.get_by_text("Siffrorna i en tabell").click()
        table = page.get_by_role("table", name="Andel ja-svar per kvalitetsområde")
        assert table.get_by_role("row").count() == 5
        assert table.get_by_role("columnheader").count() == 6
        assert table.get_by_role("cell", name="12 av 13").count() == 1


@pytest.mark.parametrize("address", ["/jamfor/", "/jamfor/?enheter=lund,tyreso"])
@pytest.mark.parametrize("javascript", [True, False])
def test_every_answer_of_the_matrix_stands_under_its_unit(browser: Browser, site_url, address, javascript):
    """On a narrow screen rows are laid out one by one; their columns must still be the same."""
    with context(browser, NARROW, java_script_enabled=javascript) as chromium:
        page = chromium.new_page()
        page.goto(site_url + address)
        matrix = page.locator("table.oj-matris:visible")
        matrix.wait_for()
        boxes = [
            [cell.bounding_box() for cell in row.locator("> :is(th, td):visible").all()]
            for row in (
                matrix.locator("thead tr"),
                matrix.locator("tbody tr:has(td)").nth(3),
                matrix.locator("tfoot tr"),
            )
        ]
        heads, answers, sums = (
            [box["x"] + box["width"] / 2 for box in row[-len(boxes[0]) :]] for row in boxes
        )
        assert len(heads) == (3 if javascript and "tyreso" in address else 9)
        assert answers == pytest.approx(heads, abs=3) and sums == pytest.approx(heads, abs=3)


def test_a_notebook_chart_is_drawn_from_our_own_files(browser: Browser, site_url):
    with context(browser, WIDE) as chromium:
        page: Page = chromium.new_page()
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.goto(f"{site_url}/anteckningsbocker/01_inlasning/")
        assert not any("plotly" in url for url in requests), "biblioteket hämtas innan det behövs"
        page.locator("[data-oj-figur]").scroll_into_view_if_needed()
        page.wait_for_selector('[data-oj-figur="ritad"] .bars .point')
        assert page.locator("[data-oj-figur] .bars .point").count() == 24
        assert all(url.startswith(site_url) for url in requests)
