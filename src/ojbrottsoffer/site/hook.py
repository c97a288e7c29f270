"""What MkDocs calls while it builds: `hooks:` in `mkdocs.yml` points here.

Pages that come from data have no Markdown and get their HTML after it would have run: parsing
hundreds of tables as Markdown is what makes a site of this kind slow.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable
from fnmatch import fnmatch
from html import escape
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from ojbrottsoffer.checks.records.audit_record import load_audit
from ojbrottsoffer.presentation import design
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.site import notebook_pages, search_index, security, styles
from ojbrottsoffer.site.downloads.dataset import CATALOGUE
from ojbrottsoffer.site.pages.data_pages import DataPage
from ojbrottsoffer.site.pages.site_pages import SitePages
from ojbrottsoffer.site.paper import pictures
from ojbrottsoffer.site.settings import checked_contact, publisher, site_url
from ojbrottsoffer.site.words import prose
from ojbrottsoffer.site.words.citation import released
from ojbrottsoffer.site.words.contact import how_to_report, who_publishes
from ojbrottsoffer.site.words.links import Link
from ojbrottsoffer.site.words.marking import marking

FRAGMENT = re.compile(r'<div data-fragment="([a-z_]+)"></div>')
HEADING = re.compile(r'<h([23]) id="([^"]+)"[^>]*>(.*?)</h\1>', re.S)
MARK = "markning"
"""Setting under `extra` that marks every page, as a draft or as invented: a heading and a text."""
PROJECT = "projekt"
"""Setting under `extra`: the project to build from."""
LOCAL = "http://127.0.0.1:8000/"
"""Where `make serve` shows the site: what examples name while nobody has said where it will be."""
FIGURE_SCRIPT = "assets/js/figurer.js"

_serving = False
_pages: SitePages | None = None


def _loaded() -> SitePages:
    if _pages is None:
        raise PluginError("sidorna ritas innan tabellerna är lästa")
    return _pages


def on_startup(command: str, dirty: bool) -> None:
    """`mkdocs serve` makes no downloads: what it shows is pages."""
    global _serving
    _serving = command == "serve"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Marks what is not to be relied on. A sitemap has the day of the release, not of the build, so
    that two builds are the same.
    """
    if _serving:  # links to downloads are then no mistake
        config.validation.links.not_found = config.validation.links.unrecognized_links = logging.INFO
    project = config.extra[PROJECT]
    try:
        site_url()
        publisher()
        config.extra["kontakt"] = checked_contact(config.extra.get("kontakt") or "")
    except ValueError as error:
        raise PluginError(str(error)) from error
    if config.extra["kontakt"] and site_url():
        config.extra["katalog"] = f"data/{CATALOGUE}"
    os.environ.setdefault("SOURCE_DATE_EPOCH", released(project))
    if mark := marking(project):
        config.extra[MARK] = mark
    return config


@event_priority(50)  # before mkdocs-jupyter looks for notebooks
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages and downloads that come from data."""
    global _pages
    project: Project = config.extra[PROJECT]
    try:
        _pages = SitePages.load(project)
        downloads = [] if _serving else [*_pages.files(config.extra["kontakt"])]
    except DataError as error:
        raise PluginError(str(error)) from error  # MkDocs then says it in words, not as a traceback
    for path in _pages.pages:
        files.append(File.generated(config, path, content=""))
    for address, content in downloads:
        files.append(File.generated(config, address, content=content))
    for file in notebook_pages.notebook_files(project, config):
        files.append(file)
    for name in styles.REPLACED:
        for file in [file for file in files if fnmatch(file.src_uri, name)]:
            files.remove(file)
    files.append(File.generated(config, styles.ADDRESS, content=styles.sheet(config.docs_dir)))
    config.extra |= {
        "stilmall": styles.ADDRESS,
        "rubriksnitt": design.HEADING_FILE,
        "forsta_skript": security.FIRST_SCRIPT,
        "bild": pictures.SITE,
        "bildtext": pictures.said_of_site(_pages.latest),
    }
    import plotly

    bundle = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    files.append(File.generated(config, "assets/plotly.min.js", abs_src_path=str(bundle)))
    return files


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Only now: MkDocs has looked for pages that the menu forgets, and made a page of every file."""
    in_menu = {page.file.src_uri for page in nav.pages}
    for file in files.documentation_pages():
        if file.src_uri in _loaded().pages and file.src_uri not in in_menu:
            MadePage(_loaded().pages[file.src_uri], file, config)
    return nav


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Fills in the figures of hand-written pages; a name that does not exist stops the build."""
    if notebook_pages.is_notebook(page):
        page.meta = notebook_pages.front_matter(markdown)
        return markdown
    if page.file.generated_by is not None:
        return markdown
    # `{#` opens an attribute list in Markdown, so Jinja's comments get another sign.
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, comment_start_string="{##", comment_end_string="##}"
    )
    try:
        return environment.from_string(markdown).render(
            **_loaded().latest.facts,
            webbplats=config.site_url or LOCAL,
            uppdaterad=_loaded().data.citation.date,
            katalog="katalog" in config.extra,
            rapportera=how_to_report(config.extra["kontakt"]),
            utgivare=who_publishes(),
            granskning=load_audit(Project(Path(config.config_file_path).parent)),
            fragment=lambda name: f'<div data-fragment="{name}"></div>',
        )
    except (jinja2.TemplateError, ValueError) as error:
        raise PluginError(f"{page.file.src_uri}: {error}") from error


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Puts in the HTML that comes from data, and the contents list that follows from it."""
    made, link = _loaded(), Link(page.url)
    data_page = made.pages.get(page.file.src_uri)
    if notebook_pages.is_notebook(page):
        html = notebook_pages.fitted_in(html, page, files)
    if not data_page:
        html = notebook_pages.plain_code(prose.with_named_tables(html))
    if data_page:
        html = made.page(data_page.path, link)
        if data_page.older:  # a search leads to the latest edition; from there to the others
            html = f'<div data-pagefind-ignore="all">{html}</div>'
    elif FRAGMENT.search(html):
        html = FRAGMENT.sub(lambda match: made.fragment(match[1], link, page.url), html)
    elif notebook_pages.is_notebook(page):
        html += f'\n<script src="{link(FIGURE_SCRIPT)}" defer></script>'
    else:
        return html
    page.toc = get_toc(_toc_tokens(html))
    return html


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """The last word on a page's HTML."""
    return _guarded(_marked(output, config), page.file.src_uri)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """The same for the error page, which is a template of the theme and no page."""
    if template_name != "404.html":
        return output
    return _guarded(_marked(output, config), template_name)


def _guarded(output: str, name: str) -> str:
    """The page with its security policy. A script that the policy stops is found here, not by
    the reader.
    """
    if found := security.refused(output):
        raise PluginError(
            f"{name} har skript i sidan som säkerhetsreglerna stoppar: {found[0]}. "
            "Lägg det i en fil i docs/assets/js/."
        )
    return security.with_policy(output)


def _marked(output: str, config: MkDocsConfig) -> str:
    """What is no edition to rely on says so on every page, in its title and to search engines."""
    if MARK not in config.extra:
        return output
    title, said = map(escape, config.extra[MARK])
    note = f'<aside class="oj-utkast" aria-label="{title}"><strong>{title}.</strong> {said}</aside>'
    for before, after in (
        ("<title>", f"<title>{title}: "),
        ("</head>", '<meta name="robots" content="noindex"></head>'),
        ('<div class="md-main"', f'{note}<div class="md-main"'),
    ):
        if before not in output:
            raise PluginError(f"temat saknar {before}; se över _marked i hook.py")
        output = output.replace(before, after, 1)
    return output


def on_post_build(config: MkDocsConfig) -> None:
    """Takes away what no reader can use and adds what is made of the finished pages."""
    site = Path(config.site_dir)
    _leave_out(site)
    (site / "robots.txt").write_text(_robots(), encoding="utf-8")
    if said := search_index.make(site):
        raise PluginError(f"sökregistret kunde inte byggas: {said}")


def _robots() -> str:
    """Everybody may read everything; a site that knows where it is leads to its pages."""
    lead = f"\nSitemap: {site_url()}sitemap.xml\n" if site_url() else ""
    return f"User-agent: *\nDisallow:\n{lead}"


def _leave_out(site: Path) -> None:
    """Removes what the theme and MkDocs add but no reader can use: source maps, the theme's
    search, and a sitemap without addresses.
    """
    unused = [*site.rglob("*.map"), site / "assets" / "images" / "favicon.png"]
    if not site_url():
        unused += [site / "sitemap.xml", site / "sitemap.xml.gz"]
    for path in unused:
        if not path.is_dir():
            path.unlink(missing_ok=True)


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable) -> LiveReloadServer:
    """`mkdocs serve` also follows the templates, of the pages and of the frame around them."""
    for folder in (Path(__file__).parent / "templates", *config.theme.dirs[:1]):
        server.watch(str(folder))
    return server


class MadePage(Page):
    """A page that comes from data: it has no Markdown to read or convert."""

    def __init__(self, made: DataPage, file: File, config: MkDocsConfig):
        super().__init__(None, file, config)
        self.made = made

    def read_source(self, config: MkDocsConfig) -> None:
        self.markdown = ""
        hidden = ["toc"] if self.made.is_wide else []
        self.meta = {"title": self.made.title, "description": self.made.description, "hide": hidden}
        if self.made.picture:
            self.meta["bild"], self.meta["bildtext"] = self.made.picture
        self.meta["siffror"] = self.made.figures

    def render(self, config: MkDocsConfig, files: Files) -> None:
        self.content, self.toc, self.present_anchor_ids = "", get_toc([]), set()


def _toc_tokens(html: str) -> list[dict]:
    """Headings of level 2 and 3 as nested tokens, as the `toc` extension makes them."""
    tokens: list[dict] = []
    for level, anchor, inner in HEADING.findall(html):
        name = re.sub(r"<[^>]+>|¶", "", inner).strip()
        token = {
            "level": int(level),
            "id": anchor,
            "name": name,
            "html": name,
            "data-toc-label": "",
            "children": [],
        }
        (tokens[-1]["children"] if level == "3" and tokens else tokens).append(token)
    return tokens


os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
