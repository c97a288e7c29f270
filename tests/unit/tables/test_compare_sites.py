"""The comparison of two built sites: what it sees, what it lets be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.compare_sites import main

PAGE = (
    '<h2 id="a">Rubrik</h2><p>Ja: <span data-oj-tal="antal resultat -">12</span> av 60.</p>'
    '<ul><li><a href="b/">Länk</a></li></ul><script>let x;</script>'
)
REFLOWED = (
    '<h2 id="a">Rubrik</h2>\n<p>\n  Ja:\n  <span data-oj-tal="antal resultat -">12</span>\n  av 60.\n</p>\n'
    '<ul>\n<li>\n<a href="b/">Länk</a>\n</li>\n</ul>\n<script>let y;</script>'
)


@pytest.fixture
def sites(tmp_path: Path) -> list[Path]:
    for name in ("före", "efter"):
        (tmp_path / name / "data").mkdir(parents=True)
        (tmp_path / name / "index.html").write_text(PAGE, encoding="utf-8")
        (tmp_path / name / "data" / "t.csv").write_text("id,tal\na,1\n", encoding="utf-8")
    return [tmp_path / "före", tmp_path / "efter"]


def compared(sites: list[Path], *more: str) -> int:
    return main([*map(str, sites), *more])


def test_only_whitespace_between_elements_is_no_difference(sites: list[Path]):
    (sites[1] / "index.html").write_text(REFLOWED, encoding="utf-8")
    assert compared(sites) == 0


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("av 60", "av 61", "text"),
        (">12</span> av", ">12</span>av", "text"),
        ("antal resultat -", "antal riket -", "numbers"),
        ('href="b/"', 'href="c/"', "links"),
        ('id="a"', 'id="b"', "headings"),
    ],
)
def test_a_difference_is_named_by_page_and_part(sites: list[Path], capsys, old: str, new: str, part: str):
    assert old in PAGE
    (sites[1] / "index.html").write_text(PAGE.replace(old, new), encoding="utf-8")
    assert compared(sites) == 1
    assert f"index.html ({part}):" in capsys.readouterr().out
    assert compared(sites, "--allow", "index.html#text=omskriven") == (0 if part == "text" else 1)


def test_a_download_and_a_lost_page_are_seen_and_an_allowance_must_be_needed(sites: list[Path], capsys):
    (sites[1] / "data" / "t.csv").write_text("id,tal\na,2\n", encoding="utf-8")
    (sites[1] / "index.html").unlink()
    assert compared(sites) == 1
    out = capsys.readouterr().out
    assert "data/t.csv (content):\n  -a,1\n  +a,2" in out and "index.html (exists):" in out
    assert compared(sites, "--allow", "data/*=ny utgåva", "--allow", "*.html=sidan är borta") == 0
    assert compared(sites[:1] * 2, "--allow", "data/*=behövs inte") == 1
