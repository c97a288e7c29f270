"""What the sources say that pages once left out or got wrong: each stands on the page where it belongs."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from ojbrottsoffer.project import Project
from ojbrottsoffer.site.context.edition_context import editions
from ojbrottsoffer.site.context.site_tables import SiteTables

TOLD = {
    "metoder/trollhattan": (
        "enhet mot våld i nära relationer i polishuset, med åtta anställda",
        "både att det ingår i enheten och att enheten delar lokaler med det",
        "omkring 100 000 invånare i tre kommuner",
    ),
    "metoder/jonkoping-valdsutovare": (
        "bör vara en uttalad tjänst eller del av en tjänst",
        "Den bör gärna delas av flera",
        "går med på att partnern kontaktas",
        "kan behandlaren varna genom den kontakten",
        "en jourlägenhet dit våldsutövaren kunde flytta",
        "arbetar med motivationen hos den som har kommit",
    ),
    "metoder/katrineholm-uppfoljning": (
        "hade tidigare en kvinnofridsverksamhet, Frida",
        "våldsutövare, barn som har upplevt våld och utsatta oavsett kön",
    ),
    "metoder/intervjuguide": (
        "17 intervjuer med 29 personer",
        "alla fick inte exakt samma frågor",
        "En grupp sakkunniga",
        "Citaten i rapporten är ibland omskrivna",
    ),
    "din-kommun": ("Bara guidens början har kunnat läsas, så stegen finns inte här",),
    "metoder/sodertalje-tio-steg": (
        "ta in någon utifrån, eller välj en person som de andra organisationerna litar på",
    ),
    "roller/samordnare-socialforvaltningen": (
        "Samordna samverkan med myndigheter och ideella föreningar i enskilda ärenden",
    ),
    "roller/forvaltningschef": (
        "Kom överens med socialtjänstens chef om att frågan går före, och hur ni samordnar er",
    ),
    "om": ("SKL:s rapport ger mer än siffror",),
    "kommuner/goteborg-askim-frolunda-hogsbo": ("i en kommun av samma storlek som hela Göteborg",),
    "framgangsfaktorer/valdsforebyggande-arbete": (
        "Mentors in Violence Prevention (MVP)",
        "Bringing in the Bystander (BITB)",
    ),
    "indikatorer/ordlista": ("om det också gäller dem om barn är inte läst", "U37519", "U37542"),
}
"""Page -> what must stand there."""


def said(project: Project, address: str) -> str:
    page = (project.site / address / "index.html").read_text(encoding="utf-8")
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page[page.index("<body") :])).split())


@pytest.mark.parametrize("address", TOLD)
def test_it_stands_where_it_belongs(project: Project, address: str):
    text = re.sub(r" (?=[.,;])", "", said(project, address))
    assert not [fact for fact in TOLD[address] if fact not in text]


def test_a_childrens_house_is_no_agreement_about_adults(project: Project):
    [house] = [part for part in SiteTables.load(project).example.parts if part.id == "barnhuset"]
    assert house.indikatorer and all("barn" in indicator for indicator in house.indikatorer)


def test_figures_in_running_text_follow_the_data(project: Project):
    site = SiteTables.load(project)
    tables = {
        name: frame[frame["enhet_id"].ne("lund")] if "enhet_id" in frame else frame
        for name, frame in site.tables.items()
    }
    before, after = (editions(replace(site, tables=one))[2015].facts for one in (site.tables, tables))
    assert (before["antal_enheter"], before["en_enhets_andel"]) == ("åtta", "12,5")
    assert (after["antal_enheter"], after["en_enhets_andel"]) == ("sju", "14,3")
    text = (project.root / "docs" / "framgangsfaktorer" / "index.md").read_text(encoding="utf-8")
    typed = re.findall(r"\b(?:tre|fem|sex|sju|åtta|tolv|tjugo|(?!2016\b)\d\d+)\b", text, re.IGNORECASE)
    assert not typed, "a figure is asked for by name"


def test_what_a_decision_says_that_the_site_does_is_so(project: Project):
    """Where the report gives two titles and two views of the priority: the decisions say what is shown."""
    page = said(project, "framgangsfaktorer/ordinarie-strukturer")
    assert "Alla åtta beskriver området som politiskt prioriterat" in page
    assert "följs upp för hela staden" in page and not re.search(r"(?i)(kommun|stads)direktör", page)
    decisions = said(project, "kvalitet/motsagelser")
    assert "återger att alla åtta säger att frågan är prioriterad" in decisions
    assert "skriver att planen följs upp för hela staden, utan titel" in decisions
