"""The command `hamta`: figures from Kolada into `data/raw/`, all of them or none."""

from __future__ import annotations

import argparse
import os
import re
from datetime import date
from typing import TYPE_CHECKING

from ojbrottsoffer.cli.publishing import alone
from ojbrottsoffer.cli.terminal import say
from ojbrottsoffer.project import Project

if TYPE_CHECKING:
    from ojbrottsoffer.fetching.kolada_client import Service

ADDRESS_SETTING = "KOLADA_URL"
"""The setting that points the command at another address than Kolada's own."""
LAST_PORT = 65_535


def add_commands(commands) -> None:
    """The command, on the parser of `cli`."""
    text = "hämta nyckeltal för alla kommuner ur Kolada till data/raw/"
    command = commands.add_parser("hamta", help=text, description=text)
    command.add_argument("kalla", choices=("kolada",), help="varifrån")
    command.add_argument("--torr", action="store_true", help="visa vad som skulle frågas, och gör inget")
    command.add_argument("--om", action="store_true", help="hämta om det som hämtats i dag")
    command.set_defaults(run=fetch_kolada)


def fetch_kolada(project: Project, arguments: argparse.Namespace) -> int:
    """`hamta kolada`: asks, checks what came and writes the folder of the day."""
    from tqdm import tqdm

    from ojbrottsoffer.fetching.whole_fetch import fetch_figures

    try:
        service = _service()
    except ValueError as error:
        raise OSError(str(error)) from error
    if not service.contact:
        say("Inställningen KONTAKT är tom, så Kolada ser inte vem som frågar.")
    if arguments.torr:
        _show(project, service)
        return 0

    def progress(number: int, what: str) -> tqdm:
        return tqdm(total=number, desc=what, unit="anrop", disable=None)

    try:
        lines = fetch_figures(project, service, str(date.today()), arguments.om, progress, alone)
    except KeyboardInterrupt as interrupt:
        interrupt.add_note("Det som hann komma finns kvar; kör om så hämtas resten.")
        raise
    say("\n".join(lines))
    say("\nBygg och granska vad som har ändrats innan något publiceras:")
    say("    make && .venv/bin/ojbrottsoffer dataversion")
    return 0


def _service() -> Service:
    """Kolada, or the address of the setting. Raises `ValueError`, in Swedish, for what is no address."""
    import httpx

    from ojbrottsoffer.fetching.fetched_folder import KOLADA
    from ojbrottsoffer.fetching.kolada_client import Service
    from ojbrottsoffer.site.settings import checked_contact

    said = os.environ.get(ADDRESS_SETTING, "").strip() or KOLADA
    try:
        address = httpx.URL(said)
    except httpx.InvalidURL:
        address = httpx.URL("")
    odd = re.search(r"[?#\s]", said) or address.userinfo or (address.port or 0) > LAST_PORT
    if address.scheme not in ("http", "https") or not address.host or odd:
        raise ValueError(
            f"{ADDRESS_SETTING} är ”{said}”. Ange tjänstens adress med https:// först och utan ? och inloggning, till "
            f"exempel {KOLADA}, eller lämna inställningen tom."
        )
    contact = checked_contact(os.environ.get("KONTAKT", ""))
    if not contact.isascii():
        raise ValueError(
            f"KONTAKT är ”{contact}”. Kolada får den med varje anrop, och då måste den skrivas utan å, ä och ö: en e-postadress "
            "eller webbadress med xn-- i domänen, eller en annan."
        )
    return Service(str(address).rstrip("/"), contact)


def _show(project: Project, service: Service) -> None:
    """What a fetch would ask."""
    from ojbrottsoffer.fetching.kolada_client import AT_ONCE
    from ojbrottsoffer.fetching.whole_fetch import planned

    requests = planned(project)
    say(
        f"{len(requests)} anrop till {service.address}, högst {AT_ONCE} åt gången, och följande sidor om det finns:"
    )
    for header, value in service.headers.items():
        print(f"    {header}: {value}")
    print()
    for request in requests:
        print(f"GET {service.address}/{request}")
    say("\nInget är frågat och inget är skrivet.")
