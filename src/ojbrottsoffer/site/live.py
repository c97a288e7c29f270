"""`make serve`: the site on this computer, each page made anew when it is asked for.

A changed text, template, style or script is seen at the next reload; only the page asked for is
rendered. Changed Python code, settings or a new page start the server over. What is made of data
and the search index are those of the last `make`.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from functools import partial
from html import escape
from http.server import ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

from ojbrottsoffer.project import Project, find_project
from ojbrottsoffer.site import styles
from ojbrottsoffer.site.assemble import configuration
from ojbrottsoffer.site.hook import FOLLOW
from tools.server import Handler

LOOKS = 0.5
"""Seconds between looking for changed code."""


class Live:
    """The site as MkDocs has it before anything is written."""

    def __init__(self, project: Project):
        from mkdocs.commands import build
        from mkdocs.structure.files import get_files, set_exclusions
        from mkdocs.structure.nav import get_navigation
        from mkdocs.structure.pages import Page

        self.project, self._build, self._lock = project, build, threading.Lock()
        config = configuration(project, project.work / "serve")
        config.extra[FOLLOW] = True
        self.config = config.plugins.on_config(config)
        self.config.plugins.on_pre_build(config=self.config)
        self.env = self.config.theme.get_env()
        self.env.auto_reload = True
        files = get_files(self.config)
        files.add_files_from_theme(self.env, self.config)
        self.files = self.config.plugins.on_files(files, config=self.config)
        set_exclusions(self.files, self.config)
        self.nav = self.config.plugins.on_nav(
            get_navigation(self.files, self.config), config=self.config, files=self.files
        )
        self.pages, in_menu = {}, {page.file.src_uri for page in self.nav.pages}
        for file in self.files.documentation_pages():
            page = file.page or Page(None, file, self.config)
            self.pages[file.url.removeprefix("./")] = page
            if file.src_uri in in_menu:  # the menu has their titles
                build._populate_page(page, self.config, self.files)
        self.env = self.config.plugins.on_env(self.env, config=self.config, files=self.files)

    def page(self, address: str) -> bytes | None:
        """A page as it would be built now; None if there is none at the address."""
        page = self.pages.get(address)
        if page is None:
            return None
        with self._lock:
            self._build._populate_page(page, self.config, self.files)
            self._build._build_page(page, self.config, self.files.documentation_pages(), self.nav, self.env)
            return Path(page.file.abs_dest_path).read_bytes()

    def file(self, address: str) -> bytes | None:
        """A style sheet, script or picture as it is now; None if it is none of ours."""
        if address == styles.ADDRESS:
            return styles.sheet(self.config.docs_dir, self.project).encode()
        path = (self.project.root / "docs" / address).resolve()
        inside = path.is_relative_to((self.project.root / "docs" / "assets").resolve())
        return path.read_bytes() if inside and path.is_file() else None


class LiveHandler(Handler):
    """What is made anew, and the built site for the rest."""

    def __init__(self, *arguments, live: Live, **named):
        self.live = live
        super().__init__(*arguments, **named)

    def send_head(self):
        address = self.path.split("?")[0].split("#")[0].lstrip("/")
        try:
            found = self.live.page(address) or self.live.file(address)
        except Exception as error:
            traceback.print_exc()
            text = (
                f'<!doctype html><html lang="sv"><meta charset="utf-8"><title>Fel</title><h1>Sidan kunde inte '
                f"byggas</h1><pre>{escape(str(error))}</pre><p>Rätta och ladda om.</p></html>"
            )
            return self._made(text.encode(), 500, "text/html; charset=utf-8")
        if found is None:
            return super().send_head()
        kind = "text/html; charset=utf-8" if address in self.live.pages else self.guess_type(address)
        return self._made(found, 200, kind)

    def _made(self, body: bytes, status: int, kind: str) -> BytesIO:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        return BytesIO(body)


def state(project: Project) -> dict[Path, int]:
    """What makes the server start over when it changes: code and settings, and which pages and
    templates there are.
    """
    code = [*(project.root / "src").rglob("*.py"), project.root / "mkdocs.yml"]
    pages = [*(project.root / "docs").rglob("*.md"), *(project.root / "src").rglob("*.html")]
    return {path: path.stat().st_mtime_ns for path in code if path.exists()} | dict.fromkeys(pages, 0)


def _watch(project: Project) -> None:
    before = state(project)
    while True:
        time.sleep(LOOKS)
        if state(project) != before:
            print("Koden eller inställningarna har ändrats; startar om …", flush=True)
            os.execv(sys.executable, [sys.executable, "-m", "ojbrottsoffer.site.live", *sys.argv[1:]])


def main(port: int = 8000) -> None:
    project = find_project()
    handler = partial(LiveHandler, directory=str(project.site), live=Live(project))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=_watch, args=(project,), daemon=True).start()
        print(
            f"Webbplatsen visas på http://localhost:{port}/ – ladda om sidan för att se en ändring, "
            "avsluta med Ctrl+C",
            flush=True,
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
