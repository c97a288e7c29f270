"""One fetch from beginning to end: asks about the key figures, then for their values, and writes the folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

import pandas as pd

from ojbrottsoffer.fetching import asked
from ojbrottsoffer.fetching.comparing import VALUES, changes, check_municipalities, check_values, summary
from ojbrottsoffer.fetching.fetched_folder import folder_files, folder_name
from ojbrottsoffer.fetching.kept_answers import KeptAnswers
from ojbrottsoffer.fetching.kolada_client import Service, fetch
from ojbrottsoffer.fetching.problems import stop
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources import fetched_figures
from ojbrottsoffer.sources.curated.key_figures import FILE, KeyFigure, load_key_figures
from ojbrottsoffer.sources.fetched_figures import SEXES
from ojbrottsoffer.sources.kolada_answers import Answer
from ojbrottsoffer.sources.reference.register import load_reference
from ojbrottsoffer.transaction import write_files


def planned(project: Project) -> list[str]:
    """What a fetch asks, if Kolada has every key figure: the first page of each."""
    kpis = list(load_key_figures(project).of_kolada)
    return [*asked.about(kpis), *asked.values(kpis, load_reference(project))]


def fetch_figures(
    project: Project,
    service: Service,
    day: str,
    again: bool,
    progress: Callable[[int, str], AbstractContextManager],
    lock: Callable[[Project], AbstractContextManager],
) -> list[str]:
    """Fetches everything and writes `data/raw/kolada-DAY/`. Returns what was found, in lines of Swedish.

    `again`: whether the folder of the day is fetched anew. `progress` takes a number of requests and what they are
    about, and gives a progress bar of `tqdm`; `lock` gives the lock that is held while files are written. Raises
    `DataError` for the first thing that is wrong; nothing is written then, and what had come is kept for the next
    try of the day. Nothing is written either if no value is another than in the fetch before.
    """
    figures, reference = load_key_figures(project), load_reference(project)
    name, kpis = folder_name(day), list(figures.of_kolada)
    _check_day(project, name, again)
    kept = KeptAnswers(project.work / "hamtning" / (f"{name}-om" if again else name))
    kept.begin()

    def ask(requests: Sequence[str], what: str) -> list[Answer]:
        with progress(len(requests), what) as bar:
            return fetch(service, requests, kept, bar.update, bar.write)

    answers = ask(asked.about(kpis), "Nyckeltal och kommuner")
    with _asked_again(kept):
        check_municipalities(answers, reference, service.address)
        gone = fetched_figures.understood(answers, name, figures, reference).gone
    left = [kpi for kpi in kpis if kpi not in {item.kolada_id for item in gone}]
    if not left:
        raise stop(
            "Kolada har inget av nyckeltalen",
            service.address,
            ", ".join(kpis),
            "minst ett av dem",
            f"Kontrollera id:na i data/reference/{FILE} mot kolada.se.",
        )
    answers += ask(asked.values(left, reference), "Värden")
    found = fetched_figures.understood(answers, name, figures, reference)
    values, last = found.tables[VALUES], fetched_figures.newest(project)
    before = fetched_figures.read(project, figures, reference)
    with _asked_again(kept):
        check_values(values, before.tables[VALUES], service.address, last.name if last else "")
    changed = changes(before, found)
    told = [
        *summary(values, reference),
        *(
            f"Finns inte i Kolada: {item.kolada_id} {item.namn} (sågs senast {item.sedd_sist})."
            for item in found.gone
        ),
        *(line for kpi in left for line in _without_total(values, figures.of_kolada[kpi])),
        *found.remarks,
    ]
    if last is not None and not changed:
        kept.end()
        return [*told, f"Inget har ändrats sedan data/raw/{last.name}/, så inget skrivs."]
    with lock(project):
        write_files(project.root, folder_files(project, day, service.address, answers))
    kept.end()
    return [*told, *(["Sedan förra hämtningen:", *changed] if last else []), f"Skrivet: data/raw/{name}/."]


def _without_total(values: pd.DataFrame, figure: KeyFigure) -> list[str]:
    """A line about a key figure that has nothing to show."""
    sexes = set(values.loc[values["nyckeltal_id"] == figure.id, "kon"])
    if not sexes:
        return [f"Inga värden i Kolada: {figure.kolada_id} {figure.namn}."]
    if SEXES["T"] not in sexes:
        return [
            f"Har bara värden för kvinnor och män var för sig, och visas inte: {figure.kolada_id} {figure.namn}."
        ]
    return []


@contextmanager
def _asked_again(kept: KeptAnswers) -> Iterator[None]:
    """Answers that are whole and yet can't be right are not kept: the next try asks for them again."""
    try:
        yield
    except DataError:
        kept.end()
        raise


def _check_day(project: Project, name: str, again: bool) -> None:
    """Raises `DataError` if the folder is there already, or one of a later day."""
    last = fetched_figures.newest(project)
    if last is None or last.name < name or last.name == name and again:
        return
    later = last.name > name
    raise stop(
        "En senare dag är redan hämtad" if later else "Värdena är redan hämtade i dag",
        f"data/raw/{last.name}/",
        name,
        "en dag som inte är hämtad",
        "Kontrollera datorns klocka." if later else "Lägg till --om för att hämta dem igen.",
    )
