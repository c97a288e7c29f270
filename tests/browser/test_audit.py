"""The site for everyone: by keyboard, enlarged, without scripts, light, valid and safe."""

from __future__ import annotations

import base64
import re

import pytest
from audit import checked, look, samples
from conftest import ROOT
from playwright.sync_api import Browser, Page
from reading import BOX

from ojbrottsoffer.presentation import palette
from ojbrottsoffer.project import Project
from ojbrottsoffer.site import security, styles
from ojbrottsoffer.site.pictures import maps
from tools.audit import pagetypes

SPACING = """*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}
p{margin-bottom:2em!important}"""
"""The text spacing of WCAG 1.4.12."""
CLIPPED = """() => [...document.querySelectorAll("body *")].filter((node) => {
  const style = getComputedStyle(node);
  return /hidden|clip/.test(style.overflowX + style.overflowY) && node.clientWidth > 1
    && node.textContent.trim() && style.clipPath === "none" && node.checkVisibility()
    && (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1);
}).map((node) => node.outerHTML.slice(0, 120))"""
FOCUS = """() => {
  const node = document.activeElement, box = node.getBoundingClientRect();
  const style = getComputedStyle(node);
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
    && box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return [node === document.body ? "" : node.outerHTML.slice(0, 120), seen];
}"""

TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
VISITED = """() => {
  window.visits = []; window.unseen = [];
  document.addEventListener("focusin", ({ target }) => {
    const style = getComputedStyle(target), box = target.getBoundingClientRect();
    visits.push(target);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2 || !box.width || !box.height)
      unseen.push(target.outerHTML.slice(0, 120));
  });
}"""
MISSED = """() => [
  [...document.querySelectorAll("a[href], button, input:not([type=radio]), select, textarea, summary, [tabindex='0']")]
    .filter((node) => node.tabIndex >= 0 && !node.disabled && node.checkVisibility({ visibilityProperty: true })
      && !visits.includes(node)).map((node) => node.outerHTML.slice(0, 120)),
  unseen]"""
"""What Tab never came to, and what did not show that it had the focus."""
MOVING = """() => [...document.querySelectorAll("*")].flatMap((node) => [null, "::before", "::after"].filter((part) => {
  const style = getComputedStyle(node, part);
  return style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0) || style.scrollBehavior === "smooth"
    || style.animationName !== "none";
}).map(() => node.outerHTML.slice(0, 120)))"""
NOT_PAPER = """() => [...document.querySelectorAll(
    "button:not(.oj-sortera), select, input:is([type=file], [type=search], [role=combobox]), .md-header, nav, .oj-topp")]
  .filter((node) => node.checkVisibility()).map((node) => node.outerHTML.slice(0, 120))"""
"""What is of no use on paper. A sort button is the heading of its column; the form to fill in stays."""
CONTENT = """() => {
  const main = document.querySelector("main") ?? document.body;
  const shown = (node) => node.checkVisibility({ visibilityProperty: true }) || node.closest("details:not([open])");
  const all = (selector) => [...main.querySelectorAll(selector)];
  const words = (node) => node.textContent.replace(/\\s+/g, " ").trim();
  return {
    links: all("a[href]").filter(shown).map((node) => node.getAttribute("href")),
    cells: all("td, th, li, dd, caption, figcaption").filter(shown).map(words),
    hidden: all("table, ul, ol, dl, figure, h2, h3, p, a[href]").filter((node) => !shown(node) && words(node)
      && !node.closest(".oj-bara-utskrift, .oj-bara-skript")).map((node) => node.outerHTML.slice(0, 120)),
    controls: all("button, select, input").filter((node) => shown(node) && !node.closest("#oj-egen"))
      .map((node) => node.outerHTML.slice(0, 120)),
    notice: document.body.innerText.includes("Utan JavaScript saknas"),
  };
}"""
SCRIPTED = {"Kopiera länk", "Hämta bild (PNG)", "Hämta bild (SVG)"}
"""List items that only scripts make: buttons. A chart's built picture is a link, and links are compared by address."""


@pytest.fixture
def page(bare: Page) -> Page:
    """Without asking for a quiet console: `look` does."""
    return bare


def tab_to(page: Page, selector: str, limit: int = 60, key: str = "Tab") -> None:
    """Presses Tab (or Shift+Tab) until the focus is on what `selector` finds; every stop on the way is visible."""
    for _ in range(limit):
        page.keyboard.press(key)
        where, seen = page.evaluate(FOCUS)
        assert seen, f"osynligt fokus: {where}"
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{limit} tabbsteg når inte {selector}")


def test_a_reader_with_a_keyboard_finds_filters_opens_a_source_and_downloads(page: Page, site_url):
    page.goto(f"{site_url}/")
    page.get_by_role("combobox", name=BOX).wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Gå till innehållet"
    page.keyboard.press("Enter")
    tab_to(page, "[role=combobox]")
    page.keyboard.type("tyres")
    page.locator("[role=option]", has_text="Tyresö").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kommuner/tyreso/")
    tab_to(page, "a[href$='.csv']")
    with page.expect_download() as saving:
        page.keyboard.press("Enter")
    assert saving.value.suggested_filename == "tyreso.csv"
    tab_to(page, ".oj-hopp a[href='#alla-svar']", 20)
    page.keyboard.press("Enter")
    page.locator("#alla-svar details[open] .oj-verktyg select").first.wait_for()
    tab_to(page, ".oj-verktyg select", 4)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.get_by_role("status").get_by_text("12 av 60 svar visas").wait_for()
    tab_to(page, ".oj-svarstabell summary")
    page.keyboard.press("Enter")
    assert page.locator(".oj-svarstabell details[open]").count() == 1
    assert "Svaret: tabell 1" in page.locator(".oj-svarstabell details[open]").inner_text()


def test_a_reader_with_a_keyboard_compares_two(page: Page, site_url):
    box = page.get_by_role("combobox", name="Lägg till enhet")
    page.goto(f"{site_url}/jamfor/?enheter=lund")
    panel = ".oj-jamfor__val > summary"
    page.wait_for_selector(panel)
    tab_to(page, panel, 20)
    page.keyboard.press("Enter")
    tab_to(page, f"#{box.get_attribute('id')}", 80)
    page.keyboard.type("tyres")
    page.locator("[role=option]", has_text="Tyresö").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**enheter=lund,tyreso*")


def test_the_menu_on_a_narrow_screen_works_with_the_keyboard(page: Page, site_url):
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(f"{site_url}/om/")
    tab_to(page, ".oj-meny summary", 4)
    page.keyboard.press("Enter")
    tab_to(page, ".oj-meny a[href$='data/']", 18)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.oj-meny:not([open]) > summary')")
    page.keyboard.press("Tab")
    assert not page.evaluate("!!document.activeElement.closest('.oj-meny')")


def enlarged(page: Page) -> list[str]:
    """The page at 400 percent, and with wider text, which it keeps."""
    problems = []
    page.set_viewport_size({"width": 320, "height": 256})
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > 320:
        problems.append(f"är {wide} px bred vid 400 %")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.add_style_tag(content=SPACING)
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > 1280:
        problems.append(f"är {wide} px bred med glesare text")
    return problems + [f"klipper {node}" for node in page.evaluate(CLIPPED)]


def by_keyboard(page: Page) -> list[str]:
    """Each control is reached with Tab, shows it, and is left again."""
    if page.locator(".md-header").count():
        page.locator("[role=combobox]").first.wait_for()
    page.evaluate(VISITED)
    keyboard = page.context.new_cdp_session(page)
    for _ in range(40):
        for _ in range(20):
            keyboard.send("Input.dispatchKeyEvent", TAB)
        if page.evaluate("document.activeElement === document.body || visits.length > new Set(visits).size"):
            break
    missed, unseen = page.evaluate(MISSED)
    return [*(f"når inte {node}" for node in missed), *(f"osynligt fokus på {node}" for node in unseen)]


def without_scripts(page: Page, plain: Page, kind: str) -> list[str]:
    """What a reader with scripts sees, one without them sees too, with a notice of what is lacking
    and no control that does nothing."""
    there, here = page.evaluate(CONTENT), plain.evaluate(CONTENT)
    lost = {*there["links"], *there["cells"]} - {*here["links"], *here["cells"]} - SCRIPTED
    if kind == "jämförelse":  # draws its table anew; test_browser compares every answer
        lost = set()
    return [
        *(f"saknar {what}" for what in sorted(lost)),
        *(f"döljer {what}" for what in here["hidden"]),
        *(f"har kvar {what}" for what in here["controls"]),
        *(["säger inte vad som saknas"] * (not here["notice"] and kind != "diagram")),
    ]


def test_every_kind_of_page_is_for_everyone(page: Page, plain: Page, site_url, project: Project):
    """One page of every type, loaded once with scripts and once without: axe, console, security policy,
    other hosts, cookies; light and dark, wide, narrow and enlarged; still, printable, whole without
    scripts and open to the keyboard."""
    problems = []
    for kind, address in samples(project.site).items():
        problems += look(page, site_url, address, dark=True, narrow=360)
        plain.goto(site_url + address)
        found = without_scripts(page, plain, kind)
        found += [f"rör på {node}" for node in page.evaluate(MOVING)]
        page.emulate_media(media="print")
        found += [f"skriver ut {node}" for node in page.evaluate(NOT_PAPER)]
        page.emulate_media(media="screen")
        found += by_keyboard(page) + enlarged(page)
        problems += [f"{kind} {what}" for what in found]
    assert not problems


def fetched(page: Page, address: str) -> dict[str, int]:
    """What one page makes the browser fetch: address -> bytes over the network, compressed."""
    found: dict[str, int] = {}

    def finished(request) -> None:
        found[request.url] = request.sizes()["responseBodySize"]

    page.on("requestfinished", finished)
    page.goto(address, wait_until="networkidle")
    page.remove_listener("requestfinished", finished)
    return found


def test_a_first_visit_and_the_next_page_are_light(browser: Browser, site_url):
    with browser.new_context() as context:  # nothing is remembered
        visit(context.new_page(), site_url)


def visit(page: Page, site_url: str) -> None:
    first = fetched(page, f"{site_url}/kommuner/tyreso/")
    assert len(first) <= 12 and sum(first.values()) <= 120_000, first
    for address in ("kommuner/lund/", "indikatorer/kompetensplan/", ""):
        following = fetched(page, f"{site_url}/{address}")
        new = {url: size for url, size in following.items() if url not in first}
        assert sum(new.values()) <= 25_000, new
    assert not [url for url in first if "plotly" in url]


def test_notebooks_are_light(project: Project):
    for address in pagetypes.by_type(project.site)["anteckningsbok"]:
        page = pagetypes.file_of(project.site, address).read_bytes()
        assert len(page) <= 60_000, (address, len(page))
        assert b"<style" not in page, f"{address} har en egen stilmall"


def test_the_style_sheet_has_every_rule_of_the_theme_that_a_page_can_meet(project: Project):
    """Rules for what the site lacks are left out; a class that some page has is never among them."""
    used: set[str] = set()
    for address in pagetypes.addresses(project.site):
        html = pagetypes.file_of(project.site, address).read_text(encoding="utf-8")
        used.update(*map(str.split, re.findall(r'class="([^"]*)"', html)))
    ours = (project.site / styles.ADDRESS).read_text(encoding="utf-8")
    named = [set(re.findall(r"\.([a-zA-Z][\w-]*)", sheet)) for sheet in (styles.theme(), ours)]
    assert used & named[0] <= named[1] and {"highlight", "admonition", "md-typeset"} <= named[1]
    assert "md-search__form" in named[0] - named[1] and len(ours) < 80_000


def test_every_answer_has_a_symbol_and_a_word(project: Project):
    """No meaning by colour alone: shape for the eye, a word for the ear, in every cell."""
    words = {"2": "Ja", "1": "Delvis", "0": "Nej", "x": "Uppgift saknas"}
    seen = 0
    for address in pagetypes.addresses(project.site):
        html = pagetypes.file_of(project.site, address).read_text(encoding="utf-8")
        answers = re.findall(r'<span class="oj-svar">(.*?)</span>', html, re.S)
        answers += re.findall(r'<td data-svar="[012x]">(.*?)</td>', html, re.S)
        for answer in answers:
            symbol = re.search(r'<use href="#oj-s([012x])"/></svg>', answer)
            text = re.sub(r"<[^>]+>", "", answer).strip()
            assert symbol and text.startswith(words[symbol[1]]), (address, answer)
            assert f'<symbol id="oj-s{symbol[1]}"' in html, address
        seen += len(answers)
    assert seen >= 2 * 480


def test_every_page_says_what_it_is_and_what_lacks_without_scripts(project: Project):
    titles: dict[str, str] = {}
    for address in pagetypes.addresses(project.site):
        html = pagetypes.file_of(project.site, address).read_text(encoding="utf-8")
        (title,) = re.findall(r"<title>(.*?)</title>", html.split("<body")[0])
        assert title not in titles, (address, titles.get(title))
        titles[title] = address
        (description,) = re.findall(r'<meta name="description" content="([^"]+)">', html)
        assert 20 <= len(description) <= 320, (address, description)
        assert html.count('rel="icon"') == 1, address
        assert ("<script" in html) == ("Utan JavaScript" in html), address
        for image in re.findall(r"<img [^>]*>", html):
            assert all(f'{name}="' in image for name in ("alt", "width", "height")), (address, image)
        assert f'content="{security.META}"' in html, address
        assert pagetypes.page_type(project.site, address)


def test_every_table_has_a_name_and_header_cells(project: Project):
    seen = 0
    for address in pagetypes.addresses(project.site):
        html = pagetypes.file_of(project.site, address).read_text(encoding="utf-8")
        for table in html.split("<table")[1:]:
            table = table.split("</table>")[0]
            headers = re.findall(r"<th\b[^>]*>", table)
            assert re.search(r"<caption[^>]*>\s*\S", table), (address, table[:200])
            assert headers and all("scope=" in header for header in headers), (address, headers)
            seen += 1
    assert seen > 400


def test_our_style_sheets_and_the_html_of_every_kind_of_page_are_valid(project: Project):
    files = [
        pagetypes.file_of(project.site, address.lstrip("/")) for address in samples(project.site).values()
    ]
    assert not checked(files, styles=True)


def test_the_policy_is_the_same_everywhere():
    for name in ("nginx.conf", "headers"):
        text = (ROOT / "deploy" / name).read_text(encoding="utf-8")
        for header, value in (security.HEADERS | security.OPEN_HEADERS).items():
            assert header in text and value in text, (name, header)
        for end, kind in security.MEDIA_TYPES.items():
            assert end.strip(".") in text and kind.split(";")[0] in text, (name, end)
        assert security.FRAMED_HEADERS["Content-Security-Policy"] in text, name
    scripts = security.DIRECTIVES["script-src"]
    assert "unsafe-inline" not in scripts and "'unsafe-eval'" not in scripts


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        '<p onclick="x()">',
        '<a href="javascript:x()">',
        '<script type="module">1</script>',
        "<img src=x\nonerror=alert(1)>",
    ],
)
def test_a_page_with_a_script_of_its_own_is_refused(html: str):
    assert security.refused(html)
    assert not security.refused(f"<script>{security.FIRST_SCRIPT}</script><p>on a line=1</p>")


VISIONS = {
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "grå": ((0.2126, 0.7152, 0.0722),) * 3,
}
"""How colours look with another sight, on linear RGB: Machado, Oliveira and Fernandes (2009), full
severity; and in grey scale."""


def seen_luminance(colour: str, vision: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    red, green, blue = (
        min(1, max(0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in VISIONS[vision]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("scheme", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
def test_every_colour_stands_out_also_to_other_eyes(scheme, vision):
    """Answers, charts and maps against the page: 3:1 (WCAG 2.2, 1.4.11)."""
    page = seen_luminance(scheme["yta"], vision)
    for name in scheme.keys() - {"yta"}:
        low, high = sorted((seen_luminance(scheme[name], vision), page))
        assert (high + 0.05) / (low + 0.05) >= 3, name


SYMBOLS = """(more) => {
  document.body.insertAdjacentHTML("beforeend", more);
  const found = [...document.querySelectorAll("symbol[id^=oj-s], symbol[id^=oj-k], symbol[id^=oj-y]")]
    .map((node) => node.id);
  const sheet = document.createElement("div");
  sheet.id = "alla-symboler";
  sheet.style.cssText = "position:fixed;inset:0;z-index:99;background:var(--oj-yta)";
  sheet.innerHTML = found.map((id, i) => `<svg viewBox="0 0 20 20" width="20" height="20" `
    + `style="position:absolute;top:0;left:${20 * i}px"><use href="#${id}"/></svg>`).join("");
  document.body.append(sheet);
  return found;
}"""
DIFFERENCES = """async ([png, count]) => {
  const image = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
  canvas.drawImage(image, 0, 0);
  const grey = (i) => { const { data } = canvas.getImageData(20 * i, 0, 20, 20);
    return Array.from({ length: 400 }, (_, p) => (.2126 * data[4 * p] + .7152 * data[4 * p + 1] + .0722 * data[4 * p + 2]) / 255); };
  const all = Array.from({ length: count }, (_, i) => grey(i));
  return all.map((one) => all.map((other) => one.filter((value, p) => Math.abs(value - other[p]) > .25).length / 400));
}"""


def test_symbols_and_bars_differ_in_shape_without_colour(page: Page, site_url):
    """The lightness of the answers' and the maps' symbols, as Chromium shows them to other eyes: a
    tenth of a symbol at least is clearly lighter or darker than in any other of its kind."""
    devtools = page.context.new_cdp_session(page)
    blank = page.context.new_page()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{site_url}/")
        names = page.evaluate(
            SYMBOLS,
            str(maps.share_symbols())
            + "<svg>"
            + "".join(
                maps._patterns(prefix, kinds)
                for prefix, kinds in ((maps.ANSWERS, "210x"), (maps.CLASSES, "0123x"))
            )
            + "</svg>",
        )
        assert sum(name.startswith("oj-y") for name in names) == 4 + 5
        assert [name for name in names if name.startswith("oj-k")] == [
            "oj-k0",
            "oj-k1",
            "oj-k2",
            "oj-k3",
            "oj-kx",
        ]
        assert {"oj-s2", "oj-s1", "oj-s0", "oj-sx"} <= set(names)
        for vision in ("deuteranopia", "achromatopsia"):
            devtools.send("Emulation.setEmulatedVisionDeficiency", {"type": vision})
            shown = page.screenshot(clip={"x": 0, "y": 0, "width": 20 * len(names), "height": 20})
            shares = blank.evaluate(DIFFERENCES, [base64.b64encode(shown).decode(), len(names)])
            for i, one in enumerate(names):
                for j, other in enumerate(names[:i]):
                    if one[:-1] == other[:-1]:
                        assert shares[i][j] >= 0.1, (scheme, vision, one, other, shares[i][j])
    page.emulate_media(color_scheme="light")
    page.goto(f"{site_url}/jamfor/?vy=staplar")
    page.locator(".oj-dia__del").first.wait_for()
    bars = page.evaluate("""() => Object.fromEntries([...document.querySelectorAll(".oj-dia__del")].map((bar) => {
      const { fill, stroke, strokeDasharray } = getComputedStyle(bar);
      return [bar.className.baseVal, [fill === stroke ? "full" : fill, strokeDasharray].join()];
    }))""")
    assert len(bars) == len(set(bars.values())) == 3, bars
