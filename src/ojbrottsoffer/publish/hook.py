"""What MkDocs calls while it builds: `hooks:` in `mkdocs.yml` points here.

Pages that come from data are added as short stubs and get their HTML after Markdown has
run: parsing hundreds of tables as Markdown is what makes a site of this kind slow.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from ojbrottsoffer.paths import Project
from ojbrottsoffer.publish import palette
from ojbrottsoffer.publish.notebooks import markdown_pages
from ojbrottsoffer.publish.views import Views

FRAGMENT = re.compile(r'<div data-fragment="([a-z_]+)"></div>')
HEADING = re.compile(r'<h([23]) id="([^"]+)"[^>]*>(.*?)</h\1>', re.S)
PROFILE = re.compile(r"kommuner/([a-z0-9-]+)(?:/([0-9]{4}))?\.md")
OLDER_LIST = re.compile(r"(kommuner|indikatorer)/([0-9]{4})\.md")
LISTS = {"kommuner": ("kommunlista", "Kommuner och stadsdelar"),
         "indikatorer": ("indikatorlista", "Indikatorer")}
DRAFT = "utkast"
"""Setting under `extra` that makes every page a draft; its value is the text of the mark."""
FIGURE_SCRIPT = "assets/js/figurer.js"
SEARCH_DIALOG = 'data-md-component="search" role="dialog"'

_views: Views | None = None


def _loaded() -> Views:
    if _views is None:
        raise PluginError("sidorna ritas innan tabellerna är lästa")
    return _views


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages and downloads that come from data."""
    global _views
    project = Project(Path(config.config_file_path).parent, draft=DRAFT in config.extra)
    views = _views = Views.load(project)
    for source, title, description in _edition_pages(views):
        files.append(
            File.generated(config, source, content=_front_matter(title, description)))
    for name, content in markdown_pages(project).items():
        files.append(File.generated(config, f"anteckningsbocker/{name}.md", content=content))
    for path in sorted(project.clean.iterdir()):
        files.append(File.generated(config, f"data/{path.name}", abs_src_path=str(path)))
    files.append(File.generated(config, "assets/css/farger.css", content=palette.css()))
    import plotly

    bundle = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    files.append(File.generated(config, "assets/plotly.min.js", abs_src_path=str(bundle)))
    return files


def _edition_pages(views: Views) -> Iterator[tuple[str, str, str]]:
    """(source path, title, description) of every profile, and of the lists of older editions."""
    for ar in views.years:
        older = views.at(ar)
        mark = "" if ar == views.years[0] else f" {ar}"
        for unit, row in older.year.units.iterrows():
            result = older.profiles[unit]
            address = older.profile_url(unit).rstrip("/")
            yield (
                f"{address}.md", row["enhet"] + (mark if address.endswith(f"/{ar}") else ""),
                f"{row['enhet']} svarar ja på {result.ja} av {result.total} indikatorer om "
                f"stöd till våldsutsatta i Öppna jämförelser {ar}.",
            )
        if mark:
            yield (f"kommuner/{ar}.md", f"Kommuner och stadsdelar{mark}",
                   f"Enheterna i Öppna jämförelser {ar}.")
            yield (f"indikatorer/{ar}.md", f"Indikatorer{mark}",
                   f"Indikatorerna i Öppna jämförelser {ar}.")


def _edition_page(views: Views, source: str, link: Callable[[str], str]) -> str | None:
    """The HTML of a page from `_edition_pages`, or None for any other page."""
    profile = PROFILE.fullmatch(source)
    if profile and (profile[1] in views.latest):
        ar = int(profile[2]) if profile[2] else views.latest[profile[1]]
        return views.at(ar).profile_page(profile[1], link)
    older = OLDER_LIST.fullmatch(source)
    if older:
        fragment, title = LISTS[older[1]]
        page = views.at(int(older[2])).render(fragment, link)
        return f"<h1>{title} {older[2]}</h1>\n{page}"
    return None


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fills in the figures of hand-written pages; a name that does not exist stops the build."""
    if page.file.generated_by is not None:
        return markdown
    # `{#` opens an attribute list in Markdown, so Jinja's comments get another sign.
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, comment_start_string="{##", comment_end_string="##}"
    )
    try:
        return environment.from_string(markdown).render(
            **_loaded().facts(),
            kontakt=config.extra.get("kontakt", ""),
            fragment=lambda name: f'<div data-fragment="{name}"></div>',
        )
    except jinja2.TemplateError as error:
        raise PluginError(f"{page.file.src_uri}: {error}") from error


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Puts in the HTML that comes from data, and the contents list that follows from it."""
    views = _loaded()

    def link(target: str) -> str:
        return get_relative_url(target, page.url)

    own = _edition_page(views, page.file.src_uri, link)
    if own is not None:
        html = own
    elif FRAGMENT.search(html):
        html = FRAGMENT.sub(lambda match: views.render(match[1], link), html)
    elif "data-oj-figur" in html:
        return f'{html}\n<script src="{link(FIGURE_SCRIPT)}" defer></script>'
    else:
        return html
    page.toc = get_toc(_toc_tokens(html))
    return html


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """The last word on a page's HTML."""
    return _marked(_with_named_search(output), config)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """The same for the error page, which is a template of the theme and no page."""
    if template_name != "404.html":
        return output
    return _marked(_with_named_search(output), config)


def _marked(output: str, config: MkDocsConfig) -> str:
    """A draft says so on every page, in its title and to search engines."""
    if DRAFT not in config.extra:
        return output
    note = f'<aside class="oj-utkast" aria-label="Utkast"><strong>Utkast.</strong> {config.extra[DRAFT]}</aside>'
    for before, after in (
        ("<title>", "<title>Utkast: "),
        ("</head>", '<meta name="robots" content="noindex"></head>'),
        ('<main class="md-main"', f'{note}<main class="md-main"'),
    ):
        if before not in output:
            raise PluginError(f"temat saknar {before}; se över _marked i hook.py")
        output = output.replace(before, after, 1)
    return output


def _with_named_search(output: str) -> str:
    """Names the search dialog, which the theme leaves without a name."""
    if SEARCH_DIALOG not in output:
        raise PluginError("temats sökruta ser inte ut som väntat; se över SEARCH_DIALOG i hook.py")
    return output.replace(SEARCH_DIALOG, f'{SEARCH_DIALOG} aria-label="Sök"', 1)


def on_serve(server, config: MkDocsConfig, builder):
    """`mkdocs serve` also follows the templates."""
    server.watch(str(Path(__file__).parent / "mallar"))
    return server


def _front_matter(title: str, description: str) -> str:
    quoted = [value.replace('"', "'") for value in (title, description)]
    return f'---\ntitle: "{quoted[0]}"\ndescription: "{quoted[1]}"\nhide:\n  - navigation\n---\n'


def _toc_tokens(html: str) -> list[dict]:
    """Headings of level 2 and 3 as nested tokens, as the `toc` extension makes them."""
    tokens: list[dict] = []
    for level, anchor, inner in HEADING.findall(html):
        name = re.sub(r"<[^>]+>|¶", "", inner).strip()
        token = {"level": int(level), "id": anchor, "name": name, "html": name,
                 "data-toc-label": "", "children": []}
        (tokens[-1]["children"] if level == "3" and tokens else tokens).append(token)
    return tokens


os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
