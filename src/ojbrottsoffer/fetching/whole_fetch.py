"""One fetch from beginning to end: asks about the key figures, then for their values, and writes the folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from ojbrottsoffer.fetching import asked
from ojbrottsoffer.fetching.comparing import changes, check_municipalities, summary
from ojbrottsoffer.fetching.fetched_folder import folder_files, folder_name
from ojbrottsoffer.fetching.kept_answers import KeptAnswers
from ojbrottsoffer.fetching.kolada_client import Service, fetch
from ojbrottsoffer.fetching.problems import stop
from ojbrottsoffer.project import Project
from ojbrottsoffer.sources import fetched_figures
from ojbrottsoffer.sources.curated.key_figures import FILE, load_key_figures
from ojbrottsoffer.sources.kolada_answers import Answer
from ojbrottsoffer.sources.reference.register import load_reference
from ojbrottsoffer.transaction import write_files

Ask = Callable[[Sequence[str], str], list[Answer]]
"""Takes requests and what they are about, and gives the answers."""


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
    try of the day.
    """
    figures, reference = load_key_figures(project), load_reference(project)
    name, kpis = folder_name(day), list(figures.of_kolada)
    _check_day(project, name, again)
    kept = KeptAnswers(project.work / "hamtning" / name)
    kept.begin(anew=again)

    def ask(requests: Sequence[str], what: str) -> list[Answer]:
        with progress(len(requests), what) as bar:
            return fetch(service, requests, kept, bar.update, bar.write)

    answers = ask(asked.about(kpis), "Nyckeltal och kommuner")
    gone = fetched_figures.understood(answers, name, figures, reference).gone
    check_municipalities(answers, reference)
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
    values = found.tables["nyckeltal_varden"]
    before = fetched_figures.read(project, figures, reference)["nyckeltal_varden"]
    with lock(project):
        write_files(project.root, folder_files(project, day, service.address, answers))
    kept.end()
    return [
        *summary(values, len(reference.kommuner)),
        *(
            f"Finns inte i Kolada: {item.kolada_id} {item.namn} (sågs senast {item.sedd_sist})."
            for item in found.gone
        ),
        *found.remarks,
        *changes(before, values),
        f"Skrivet: data/raw/{name}/.",
    ]


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
