"""What a strict reader of slides (ECMA-376) asks for and can be checked without its schema: every part declared,
every relationship leading somewhere and used under its own name, ids that are nobody else's, and children in
the schema's order in the elements that slides, tables and charts are made of.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
}
FILL = "noFill|solidFill|gradFill|blipFill|pattFill|grpFill"
TEXT = "bodyPr lstStyle p"
AXIS = (
    "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses|crossesAt "
)
ORDER = {
    "p:presentation": "sldMasterIdLst notesMasterIdLst handoutMasterIdLst sldIdLst sldSz notesSz defaultTextStyle extLst",
    "p:sld": "cSld clrMapOvr transition timing extLst",
    "p:notes": "cSld clrMapOvr extLst",
    "p:cSld": "bg spTree custDataLst controls extLst",
    "p:spTree": "nvGrpSpPr grpSpPr sp|pic|graphicFrame|grpSp|cxnSp extLst",
    "p:sp": "nvSpPr spPr style txBody extLst",
    "p:pic": "nvPicPr blipFill spPr style extLst",
    "p:graphicFrame": "nvGraphicFramePr xfrm graphic extLst",
    "p:txBody": TEXT,
    "a:txBody": TEXT,
    "c:txPr": TEXT,
    "a:p": "pPr r|br|fld endParaRPr",
    "a:r": "rPr t",
    "a:rPr": f"ln {FILL} effectLst highlight latin ea cs sym hlinkClick extLst",
    "a:tbl": "tblPr tblGrid tr",
    "a:tr": "tc extLst",
    "a:tc": "txBody tcPr extLst",
    "a:tcPr": f"lnL lnR lnT lnB {FILL} headers extLst",
    "a:clrScheme": "dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink extLst",
    "c:chartSpace": "date1904 lang roundedCorners style clrMapOvr protection chart spPr txPr externalData extLst",
    "c:chart": "title autoTitleDeleted view3D plotArea legend plotVisOnly dispBlanksAs extLst",
    "c:plotArea": "layout barChart catAx valAx dTable spPr extLst",
    "c:barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId extLst",
    "c:ser": "idx order tx spPr invertIfNegative dPt dLbls trendline errBars cat val shape extLst",
    "c:dLbls": "dLbl numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize separator showLeaderLines leaderLines extLst",
    "c:scaling": "logBase orientation max min extLst",
    "c:catAx": AXIS + "auto lblAlgn lblOffset tickLblSkip tickMarkSkip noMultiLvlLbl extLst",
    "c:valAx": AXIS + "crossBetween majorUnit minorUnit dispUnits extLst",
}
"""Element -> its children in order; those with `|` between them stand for each other."""


def flaws(parts: dict[str, bytes]) -> Iterator[str]:
    """What a strict reader would object to in the parts of a package (name -> content)."""
    read = {
        name: etree.fromstring(content) for name, content in parts.items() if name.endswith((".xml", ".rels"))
    }
    yield from _undeclared(read.pop("[Content_Types].xml"), parts)
    led = {"[Content_Types].xml", *(name for name in parts if name.endswith(".rels"))}
    for name, root in read.items():
        if name.endswith(".rels"):
            continue
        folder, file = posixpath.split(name)
        related = read.get(f"{folder}/_rels/{file}.rels", ())
        led |= {target for target in _targets(folder, related)}
        ids = [each.get("Id") for each in related]
        used = {value for each in root.iter() for key, value in each.items() if key.startswith(RELATED)}
        if len(ids) != len(set(ids)) or used - set(ids):
            yield f"{name}: relationships {ids}, used {used}"
        for kind in ("cNvPr", "sldId"):
            numbers = [each.get("id") for each in root.iter(f"{{{SPACES['p']}}}{kind}")]
            if len(numbers) != len(set(numbers)):
                yield f"{name}: {kind} {numbers}"
        for element in root.iter(f"{{{SPACES['a']}}}tbl"):
            wide = {len(row.findall("a:tc", SPACES)) for row in element.findall("a:tr", SPACES)}
            if wide != {len(element.findall("a:tblGrid/a:gridCol", SPACES))}:
                yield f"{name}: rows of {wide} cells"
        yield from (f"{name}: {said}" for said in _disorder(root))
    led |= set(_targets("", read["_rels/.rels"]))
    yield from (f"nothing leads to {name}" for name in parts.keys() - led)
    yield from (f"no part is {name}" for name in led - parts.keys())


def _targets(folder: str, related: etree._Element | tuple) -> Iterator[str]:
    for each in related:
        if each.get("TargetMode") != "External":
            yield posixpath.normpath(posixpath.join("/", folder, each.get("Target"))).lstrip("/")


def _undeclared(types: etree._Element, parts: dict[str, bytes]) -> Iterator[str]:
    names = [each.get("PartName") for each in types if each.get("PartName")]
    endings = {each.get("Extension") for each in types}
    if len(names) != len(set(names)) or {name.lstrip("/") for name in names} - parts.keys():
        yield f"declared: {names}"
    for name in parts.keys() - {"[Content_Types].xml"}:
        ending = name.rpartition(".")[2]
        if f"/{name}" not in names and (ending not in endings or ending == "xml"):
            yield f"{name} is not declared"


def _disorder(root: etree._Element) -> Iterator[str]:
    for key, told in ORDER.items():
        prefix, tag = key.split(":")
        places = {one: place for place, group in enumerate(told.split()) for one in group.split("|")}
        for element in root.iter(f"{{{SPACES[prefix]}}}{tag}"):
            children = [etree.QName(child).localname for child in element.iterchildren("*")]
            found = [places.get(child, -1) for child in children]
            if found != sorted(found) or -1 in found:
                yield f"{key} has {children}"
