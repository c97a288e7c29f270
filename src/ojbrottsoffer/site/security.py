"""What a browser may do on the site, declared once.

The pages carry the policy, and that no referrer is sent, as `<meta>` for hosts that can't set
headers; the site's own server and the examples in `deploy/` send them as headers.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape

FIRST_SCRIPT = (
    'document.documentElement.classList.replace("no-js","js");'
    'if(matchMedia("(prefers-color-scheme: dark)").matches)'
    'document.documentElement.dataset.mdColorScheme="slate";'
    'if(location.protocol==="file:")document.documentElement.classList.add("fil")'
)
"""The only script in a page's HTML: before anything is painted it says that scripts run, picks
the colour scheme and says if the page is opened from a disk, so that nothing flashes or moves. All other scripts are files."""

INLINE_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.S)
DATA = re.compile(r"""\stype="application/(?:ld\+)?json"(?=\s|$)""")
"""The type of a block that browsers don't run."""
HANDLER = re.compile(r"""\son[a-z]+\s*=|(?:href|src|action)\s*=\s*["']?\s*javascript:""", re.I)
PLAIN = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ\n\t\r\f\v", b"abcdefghijklmnopqrstuvwxyz     ")
"""Makes lower case of capitals and a space of every space."""
TAG = re.compile(r"""<[a-z](?:"[^"]*"|'[^']*'|[^"'>])*>""", re.I)
QUOTED = re.compile(r"""=\s*(?:"(?!\s*javascript:)[^"]*"|'(?!\s*javascript:)[^']*')""", re.I)


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


DIRECTIVES = {
    "default-src": "'self'",
    "script-src": f"'self' 'wasm-unsafe-eval' {_hash(FIRST_SCRIPT)}",  # Pagefind searches with WebAssembly
    "style-src": "'self' 'unsafe-inline'",  # Plotly sets styles on what it draws
    "img-src": "'self' data:",  # the theme's symbols are data: addresses in the style sheet
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
"""The policy that holds on every page."""

HEADER_ONLY = {"frame-ancestors": "'none'"}
"""Directives that browsers heed only in a header."""


def _policy(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in directives.items())


META = _policy(DIRECTIVES)
HEADERS = {
    "Content-Security-Policy": _policy(DIRECTIVES | HEADER_ONLY),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""What a server should send with every file of the site."""
OPEN = re.compile("/(?:data|api)/")
"""The addresses whose files any other site's scripts may read."""
OPEN_HEADERS = {"Access-Control-Allow-Origin": "*"}
"""What a server should send with those besides."""
FRAMED = re.compile(r"/diagram/[^/]+\.html$")
"""The addresses that other sites may show in a frame."""
FRAMED_HEADERS = {"Content-Security-Policy": _policy(DIRECTIVES | {"frame-ancestors": "*"})}
"""What a server should send with those instead."""
MEDIA_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".rdf": "application/rdf+xml",
    ".dta": "application/x-stata-dta",
    ".wasm": "application/wasm",
    ".pagefind": "application/octet-stream",
    ".pf_fragment": "application/octet-stream",
    ".pf_index": "application/octet-stream",
    ".pf_meta": "application/octet-stream",
}
"""The types that hosts often don't know, by the end of a file's name."""


def headers_of(path: str) -> dict[str, str]:
    """What a server should send with the file at an address."""
    return (
        HEADERS
        | (OPEN_HEADERS if OPEN.search(path) else {})
        | (FRAMED_HEADERS if FRAMED.search(path) else {})
    )


def refused(html: str) -> list[str]:
    """What in a page the policy would stop: scripts that are neither files nor declared here."""
    found = [
        f"<script{match['attributes']}>"
        for match in INLINE_SCRIPT.finditer(html)
        if match["text"].strip() and match["text"] != FIRST_SCRIPT and not DATA.search(match["attributes"])
    ]
    if not _may_have_handler(html) or not HANDLER.search(html):
        return found
    return found + [tag[0][:80] for tag in TAG.finditer(html) if HANDLER.search(QUOTED.sub("=x", tag[0]))]


def _may_have_handler(html: str) -> bool:
    """False for a page where `HANDLER` finds nothing: many times faster than looking with it."""
    plain = html.encode("utf-8").translate(PLAIN)
    return b" on" in plain or b"javascript:" in plain


def with_policy(html: str) -> str:
    """The page with the policy first in its head, before anything that it governs."""
    meta = (
        f'<meta http-equiv="Content-Security-Policy" content="{escape(META, quote=False)}">\n'
        f'    <meta name="referrer" content="{HEADERS["Referrer-Policy"]}">'
    )
    return html.replace('<meta charset="utf-8">', f'<meta charset="utf-8">\n    {meta}', 1)
