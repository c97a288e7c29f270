"""The answers that a recipe has, one by one: what each is about and says, and the recipe without it."""

from __future__ import annotations

from dataclasses import dataclass

from ojbrottsoffer.importer.choices import COLLECTED, spoken
from ojbrottsoffer.importer.recipes.recipe import Profile
from ojbrottsoffer.schema.finding import show

ABOUT = {
    "enheter": "Vilken enhet {} är",
    "indikatorer": "Vilken fråga {} är",
    "koder": "Vad {} betyder",
    "saknas": "Varför svaret saknas vid {}",
    "farger": "Vad färgen {} betyder",
    "kolumner": "Vad kolumnen {} är",
    "koder_per_kolumn": "Koderna i {}",
    "rubrikmonster": "Rubriker som {}",
    "enhetsmonster": "Namn som {}",
    "hoppa_over": "Raden {}",
    "riket": "Raden {}",
}
"""What stands for itself under a key of the recipe."""
WHOLE = {
    "koder": "Vad koderna betyder",
    "andra_ar": "År som filen nämner fast svaren gäller det år som läses",
    "blad": "Blad som läses",
    "form": "Var enheter, frågor och svar står",
    "kalla": "Källan",
    "lamnas": "Blad och rader som inte läses",
    "tabeller": "Var tabellerna ligger",
    "utan_svar": "Utan ett enda svar",
    "enhetskolumn": "Kolumnen med enheterna",
    "rubrikrader": "Rader med rubriker",
    "forsta": "Tabellens första rad",
    "sista": "Tabellens sista rad",
    "sammanfogade": "Vad sammanfogade celler betyder",
    "andel": "Hur andelarna är skrivna",
}
"""What is answered as a whole; another key is called what it is in the recipe."""


@dataclass(frozen=True)
class Given:
    """One answer: a key of the recipe, or what stands under it with this label."""

    key: str
    label: str | None
    in_words: str


def given(profile: Profile, names: dict[str, str]) -> list[Given]:
    """Every answer of a recipe, in its order. `names`: id -> what a unit or a question is called."""
    found = []
    for key, value in profile.plain().items():
        if key in ("fil", "slag"):
            continue
        if key in WHOLE or key not in ABOUT:
            found.append(Given(key, None, f"{WHOLE.get(key, key)}: {spoken(value, names)}"))
            continue
        entries = dict.fromkeys(value, key) if key in COLLECTED else value
        found += [
            Given(key, label, f"{ABOUT[key].format(show(label))}: {spoken(entry, names)}")
            for label, entry in entries.items()
        ]
    return found


def without(profile: Profile, answer: Given) -> Profile:
    """The recipe as it was before an answer of it."""
    plain = profile.plain() | {"slag": profile.slag}
    value = plain.pop(answer.key)
    if answer.label is not None:
        kept = [label for label in value if label != answer.label]
        plain[answer.key] = {label: value[label] for label in kept} if isinstance(value, dict) else kept
    return Profile.model_validate(plain)
