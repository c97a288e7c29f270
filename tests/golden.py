"""Figures read from the report's text with awk, not with this project's code.

One string per printed page of table 1 and unit: the codes from the top row to the bottom.
"""

PAGES: dict[str, list[str]] = {
    "goteborg-askim-frolunda-hogsbo": [
        "22200222022", "2002222222222222", "22222222222", "22222222222", "22222221202"],
    "hoganas": [
        "22200222220", "0002222220222220", "22222222222", "22000000222", "22220202222"],
    "lund": ["21100222222", "2202222222222222", "22222222222", "20200002222", "22222221002"],
    "nykvarn": ["02202002202", "2022222222222202", "22222202222", "20222222222", "20220200002"],
    "ronneby": ["22200222202", "2222222220222222", "22222200000", "00220002222", "20022222220"],
    "skelleftea": [
        "21100222222", "2202222202222220", "22222022020", "20222222222", "20222220222"],
    "trollhattan": [
        "22220222222", "2222222222222222", "22222222222", "20220022222", "20022221222"],
    "tyreso": ["21200020022", "2222222222222202", "22222222020", "20200222222", "22222222222"],
}
SHARES = [
    69, 36, 55, 6, 6, 48, 56, 59, 25, 19, 75, 83, 33, 17, 54, 54, 51, 54, 37, 30, 30, 81, 93, 68,
    94, 71, 75, 74, 67, 63, 69, 45, 36, 30, 61, 69, 65, 43, 43, 35, 22, 14, 10, 15, 13, 30, 50, 74,
    72, 72, 6, 17, 93, 80, 87, 62, 28, 45, 24, 72,
]
"""Table 2, the nation's share of Ja in percent, top to bottom."""

BACKGROUND = {
    # unit: population group, area as printed, published number of Ja, Unizon's placing
    "goteborg-askim-frolunda-hogsbo": (5, "Västra", 53, None),
    "hoganas": (2, "Södra", 44, 87),
    "lund": (4, "Södra", 47, None),
    "nykvarn": (1, "Mellersta", 45, 74),
    "ronneby": (2, "Sydöstra", 43, 1),
    "skelleftea": (4, "Norra", 47, 4),
    "trollhattan": (3, "Mellersta/ Västra", 53, 6),
    "tyreso": (3, "Mellersta", 49, 46),
}
AREA_SIZES = {
    "kunskapsbaserad-verksamhet": 14, "trygghet-sakerhet": 13, "helhetssyn-samordning": 25,
    "tillganglighet": 8,
}
PLACES = {
    # (unit, indicator): where it is printed, followed by hand in the report
    ("tyreso", "extern-vuxna-polis"):
        "tabell 1, sida 4, del 2, rad 3 bland indikatorerna, kolumn Tyresö",
    ("nykvarn", "arendehandledning"):
        "tabell 1, sida 2, del 1, rad 1 bland indikatorerna, kolumn Nykvarn",
    ("hoganas", "social-jour"):
        "tabell 1, sida 5, del 1, rad 11 bland indikatorerna, kolumn Höganäs",
    ("skelleftea", "bedomning-standardiserad"):
        "tabell 1, sida 1, del 2, rad 1 bland indikatorerna, kolumn Skellefteå",
}
