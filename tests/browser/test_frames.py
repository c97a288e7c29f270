"""The charts in frames on other sites: whole at every width, without a script in the frame."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from ojbrottsoffer.project import Project

WIDTHS = (320, 360, 660, 800)
"""Of the place that a frame stands in; from 660 the page goes from the one form to the other."""
SPARE = {320: 300, 800: 60}
"""Pixels below a chart that nobody wonders at, where its form needs the most: the letters of some systems are wider."""
CODES = """async (charts) => {
  const { frame } = await import(new URL("../assets/js/bild.js", location.href));
  return charts.map(([address, heights]) => frame(address, 'Från "a" till b', heights));
}"""
ENDS = "Math.ceil(document.querySelector('main').getBoundingClientRect().bottom)"


def test_every_chart_in_a_frame_is_whole_at_every_width(page: Page, site_url: str, project: Project):
    """The code that the page gives, with the heights that the page says, on a page that is not ours."""
    told: dict[str, list[int]] = {}
    for path in project.site.rglob("index.html"):
        for heights, name in re.findall(
            r'data-hojd="([\d ]+)".*?diagram/([\w-]+)\.svg', path.read_text(encoding="utf-8"), re.S
        ):
            told[name] = [int(height) for height in heights.split()]
    assert set(told) == {path.stem for path in (project.site / "diagram").glob("*.html")}
    page.goto(f"{site_url}/om/")
    charts = [[f"{site_url}/diagram/{name}.html", heights] for name, heights in told.items()]
    codes = page.evaluate(CODES, charts)
    page.set_viewport_size({"width": 900, "height": 900})
    wrong = {}
    for name, code in zip(told, codes, strict=True):
        places = "".join(f'<div style="width:{width}px">{code}</div>' for width in WIDTHS)
        page.set_content(places.replace(' loading="lazy"', ""))
        for width, place in zip(WIDTHS, page.query_selector_all("iframe"), strict=True):
            shown = place.content_frame()
            shown.wait_for_load_state()
            shown.evaluate("document.fonts.ready")
            left = place.bounding_box()["height"] - shown.evaluate(ENDS)
            if not 0 <= left <= SPARE.get(width, 900) or place.bounding_box()["width"] != width:
                wrong[name, width] = left
            assert shown.get_by_text("Källa: ").locator("visible=true").count() and shown.title()
    assert not wrong
