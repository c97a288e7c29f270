"""The style sheet: what the site uses of the theme's, the answer colours and the site's own.

One file is one request, and no page is painted before it is here: so the rules of the theme for
parts that the site does not have are left out.
"""

from __future__ import annotations

import re
from pathlib import Path

import material
import tinycss2
from pygments.token import STANDARD_TYPES
from tinycss2.ast import Node

from ojbrottsoffer.presentation import design, palette
from ojbrottsoffer.presentation.pictures import paint

ADDRESS = "assets/css/webbplats.css"
FIRST = ("oj.css", "ram.css")
"""What is common to all pages; the sheets of single parts of the site come after, by name."""
REPLACED = ("assets/css/*.css", "assets/stylesheets/*.css", "assets/javascripts/*")
"""Files that nobody asks for: what the sheet is made of, and the theme's scripts."""
WRITTEN = (("theme", "*.html"), ("docs", "*.md"), ("docs/assets/js", "*.js"))
"""Where in the project the classes of a page are written, besides this folder."""
GENERATED = {"admonition", "admonition-title", "highlight", *STANDARD_TYPES.values()}
"""Classes that the Markdown extensions write; those of code by Pygments."""
NOTES = set("note abstract info tip success question warning failure danger bug example quote".split())
"""The theme's kinds of notes, each with colours and a picture of its own; as words they are common."""
NOTE = re.compile(r"(?:!!!|\?\?\?\+?|admonition) (\w+)")
"""How a page asks for one."""
STATED = re.compile(r'(?:data-md-[\w-]+|dir)="[^"]*"')
"""Attributes that the theme chooses rules by, as the pages have them."""
SET = {f'data-md-color-scheme="{name}"' for name in ("default", "slate")}
"""Those that a script sets."""
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
GROUPS = ("media", "supports", "layer")
"""At-rules with rules in them."""
LEFT_OUT = re.compile(
    r"\.(?:grid|keys|middle|filename|result)\b|\b(?:kbd|blockquote|h[56]|hr|abbr|video|iframe)\b"
    r"|\[(?:id=|data-preview|data-linenos|data-md-copying|data-md-scrolllock)|img\[|header\[|#(?:gh|only)-"
    r"|role=columnheader|(?:summary|admonition-title|md-content__inner):before"
)
"""Rules of the theme for parts that no page has but whose names are common words, and for what these pages
show none of: its signs for notes and folds, and the arrows of tables that a click sorts."""
UNUSED = ("keyframes", "page")
"""At-rules of the theme that have no use here: nothing moves, and the paper is declared in oj.css."""


def sheet(docs: str) -> str:
    """The whole style sheet, the site's own rules last."""
    folder = Path(docs, "assets/css")
    rest = sorted(path.name for path in folder.glob("*.css") if path.name not in FIRST)
    own = [
        palette.css(),
        design.css(),
        paint.css(),
        *((folder / name).read_text(encoding="utf-8") for name in (*FIRST, *rest)),
    ]
    return _lean(theme(), "\n".join(own), sources(Path(docs).parent))


def theme() -> str:
    """The theme's own style sheets."""
    folder = Path(material.__file__).parent / "templates" / "assets" / "stylesheets"
    return "\n".join(
        next(folder.glob(name)).read_text(encoding="utf-8").split("/*# sourceMappingURL")[0]
        for name in ("main.*.min.css", "palette.*.min.css")
    )


def sources(root: Path) -> str:
    """Everything that a class or an attribute of a page can come from."""
    package = Path(__file__).parents[1]
    paths = [path for folder, pattern in WRITTEN for path in (root / folder).rglob(pattern)]
    paths += [
        *package.glob("site/**/*.py"),
        *package.glob("presentation/**/*.py"),
        *package.glob("notebook/*.py"),
        *package.glob("site/templates/**/*.html"),
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(paths))


def classes(sources: str) -> set[str]:
    """The words that a page's classes can be; some are no classes, which keeps a few rules more."""
    words = set(re.findall(r"[\w-]+", sources))
    return GENERATED | words - (NOTES - set(NOTE.findall(sources)))


def _lean(theme: str, own: str, sources: str) -> str:
    """The theme's rules that some page can meet, and all our own, without comments."""
    words = classes(sources)
    stated = SET | set(STATED.findall(sources))
    rules = _used(_rules(theme), words, stated)
    ours = re.sub(r"\s*([{};])\s*", r"\1", re.sub(r"\s+", " ", tinycss2.serialize(_rules(own))))
    ours = re.sub(r"(?<=[a-z]): ", ":", ours)
    while True:
        text = tinycss2.serialize(rules) + ours
        if not _drop_properties(rules, set(VARIABLE.findall(text))):
            return re.sub(r";(?=})|(?<=[,>])\s+|\s+(?=>)", "", text)


def _rules(css: str | list[Node]) -> list[Node]:
    return tinycss2.parse_rule_list(css, skip_comments=True, skip_whitespace=True)


def _used(rules: list[Node], words: set[str], stated: set[str]) -> list[Node]:
    """The rules without the selectors that no page can meet, and without those left with none."""
    found = []
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in GROUPS and rule.content is not None:
            rule.content = _used(_rules(rule.content), words, stated)
            if not rule.content:
                continue
        elif rule.type == "at-rule" and rule.lower_at_keyword in UNUSED:
            continue
        elif rule.type == "qualified-rule":
            rule.prelude = _joined([one for one in _selectors(rule.prelude) if _met(one, words, stated)])
            if not rule.prelude:
                continue
        found.append(rule)
    return found


def _selectors(prelude: list[Node]) -> list[list[Node]]:
    """The parts of a selector list: split at its own commas, not at those in `:is(a, b)`."""
    found: list[list[Node]] = [[]]
    for node in prelude:
        if node == ",":
            found.append([])
        else:
            found[-1].append(node)
    return found


def _joined(selectors: list[list[Node]]) -> list[Node]:
    comma = tinycss2.parse_one_component_value(",")
    return [node for one in selectors for node in (comma, *one)][1:]


def _met(selector: list[Node], words: set[str], stated: set[str]) -> bool:
    """Whether a page can hold what the selector asks for. What stands in `:not()` or `:is()` is
    not looked into: then the rule is kept."""
    if LEFT_OUT.search(tinycss2.serialize(selector)):
        return False
    for before, node in zip([None, *selector], selector, strict=False):
        if before == "." and node.type == "ident" and node.value not in words:
            return False
        if node.type == "[] block" and "=" in node.content:
            name, value = node.content[0].value, getattr(node.content[-1], "value", "")
            asked = f'{name}="{value}"'
            if STATED.fullmatch(asked) and asked not in stated:
                return False
    return True


def _drop_properties(rules: list[Node], named: set[str]) -> bool:
    """Leaves out the custom properties that nothing names any more; whether there were any."""
    dropped = False
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in GROUPS:
            dropped |= _drop_properties(rule.content or [], named)
        elif rule.type == "qualified-rule" and "--" in tinycss2.serialize(rule.content):
            said = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            kept = [one for one in said if not one.name.startswith("--") or one.name in named]
            dropped |= len(kept) < len(said)
            rule.content = tinycss2.parse_component_value_list("".join(one.serialize() + ";" for one in kept))
    return dropped
