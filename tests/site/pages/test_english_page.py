"""The page in English: what this is, every question and how to cite."""

from __future__ import annotations

import html
import re
import shutil

import pytest
import yaml
from conftest import ROOT

from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.site.pages.site_pages import SitePages
from ojbrottsoffer.sources.curated.english import FILE, load_english
from ojbrottsoffer.sources.reference.register import load_reference


def test_every_question_area_factor_and_role_has_english_words(project: Project):
    page = (project.site / "english" / "index.html").read_text(encoding="utf-8")
    shown = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    words = yaml.safe_load((ROOT / "data" / "reference" / FILE).read_text(encoding="utf-8"))
    assert len(words["indikatorer"]) == 60 and len(words["omraden"]) == 19
    for kind in ("indikatorer", "omraden", "roller"):
        assert not [said for said in words[kind].values() if said not in shown]
    assert "about 2016–2023" in shown and "until 2019" in shown
    # Whether 2015 asked the same stands beside every question, as the Swedish pages say.
    said = re.findall(r'data-rubrik="Same in 2015\?">\s*([a-z ]+?)\s*</td>', page)
    assert len(said) == 60 and {"yes", "probably", "partly", "not known"} <= set(said)
    assert '<div lang="en"' in page and "version" in shown
    assert 'href="../english/"' in (project.site / "om" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  social-jour: Out", "  socialjour: Out", ("”socialjour”", "pekar på något som inte finns")),
        (
            "  info-sprak: Up-to-date information in the most common languages of the municipality\n",
            "",
            ("info-sprak",),
        ),
        ("  skolgang-2015: an", "  skolgang-2014: an", ("”skolgang-2014”", "skolgang-2015")),
        ("  fortroendevald: Elected representative", "  fortroendevald:", ("fortroendevald", "en text")),
        ("  fortroendevald: Elected representative", "  fortroendevald: Förtroendevald", ("är svensk",)),
    ],
)
def test_a_word_that_is_missing_or_about_nothing_stops(project: Project, tmp_path, old, new, told):
    site = SitePages.load(project).latest.site
    text = (ROOT / "data" / "reference" / FILE).read_text(encoding="utf-8")
    assert old in text
    copy = Project(tmp_path)
    shutil.copytree(ROOT / "data" / "reference", copy.reference)
    (copy.reference / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_english(
            copy,
            load_reference(copy),
            site.guide.tips,
            site.tables["definitioner"],
            site.tables["nyckeltal"].set_index("nyckeltal_id")["nyckeltal"].to_dict(),
        )
    for part in (FILE, *told):
        assert part in str(error.value), error.value
