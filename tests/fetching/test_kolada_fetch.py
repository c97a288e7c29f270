"""Fetching from Kolada: a service on this machine that speaks as Kolada is documented to, and misbehaves on demand.

Values are of invented municipalities. With `KOLADA_PROVA` set to an address (https://api.kolada.se/v3), the last
test asks the real service a few questions and holds its answers against the same shapes.
"""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest
from conftest import ROOT, contents, copied
from importfiler import add_to_register, test_units

from ojbrottsoffer import __version__
from ojbrottsoffer.cli.commands import main
from ojbrottsoffer.fetching import asked
from ojbrottsoffer.fetching.kept_answers import KeptAnswers
from ojbrottsoffer.fetching.kolada_client import Service, fetch
from ojbrottsoffer.fetching.whole_fetch import fetch_figures
from ojbrottsoffer.project import Project
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.curated.key_figures import load_key_figures
from ojbrottsoffer.sources.fetched_figures import read
from ojbrottsoffer.sources.reference.register import load_reference
from tools.nation.key_figures import InventedKolada
from tools.nation.kolada_server import NEXT, KoladaServer, Reply, serving_kolada

UNITS = test_units(6)
AS_IT_IS = lambda request, times, reply: reply  # noqa: E731
YEARS = (2022, 2023, 2024)
DAY = "2026-01-01"
VALUES = 8 * 7 * 3 * 3
"""Key figures, municipalities and the nation, years, sexes."""


class Quiet:
    """A progress bar that remembers what it was told."""

    def __init__(self) -> None:
        self.done, self.said = 0, []

    def update(self, number: int = 1) -> None:
        self.done += number

    def write(self, said: str) -> None:
        self.said.append(said)


@pytest.fixture
def lean(tmp_path: Path) -> Project:
    """The register and the reviewed lists, and no raw data."""
    project = copied(tmp_path, "data/reference")
    project.raw.mkdir()
    (project.raw / "SHA256SUMS").touch()
    add_to_register(project, UNITS)
    return project


@contextmanager
def service(project: Project, certificate: Path | None = None, **options: object) -> Iterator[KoladaServer]:
    kolada = InventedKolada(load_reference(project), load_key_figures(project), YEARS)
    with serving_kolada(KoladaServer(kolada, **options), certificate) as server:
        yield server


def alone(function: Callable, *arguments: object, **named: object):
    """Calls it in a thread of its own: a browser of other tests keeps a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function, *arguments, **named).result()


def fetched(project: Project, address: str, bar: Quiet | None = None, again: bool = False) -> list[str]:
    def progress(number: int, what: str):
        return nullcontext(bar or Quiet())

    return alone(
        fetch_figures, project, Service(address, "namn@example.se", 0.01), DAY, again, progress, nullcontext
    )


def values_of(project: Project):
    return read(project, load_key_figures(project), load_reference(project)).tables["nyckeltal_varden"]


def refused(project: Project, address: str) -> str:
    """The message of a fetch that stops, and nothing is written."""
    before = contents(project.root / "data")
    with pytest.raises(DataError) as error:
        fetched(project, address)
    assert contents(project.root / "data") == before
    assert all(finding.action for finding in error.value.findings)
    return str(error.value)


def test_everything_is_fetched_politely_and_kept_as_it_came(lean: Project):
    bar = Quiet()
    with service(lean, per_page=100, delay=0.005) as server:
        lines = fetched(lean, server.address, bar)
        asked_for = list(server.asked)
    assert server.most_at_once == 2 and len(set(asked_for)) == len(asked_for)
    assert server.agents == {f"ojbrottsoffer/{__version__} (namn@example.se)"}
    for request in asked_for:
        assert all(len(part.split(",")) <= 25 for part in request.split("?")[0].split("/"))
    folder = lean.raw / f"kolada-{DAY}"
    listed = json.loads((folder / "anrop.json").read_text(encoding="utf-8"))
    assert sorted(item["anrop"] for item in listed) == sorted(asked_for)
    for item in listed:
        kept = json.loads(gzip.decompress((folder / item["fil"]).read_bytes()))
        assert kept["values"] == server.kolada.answer(item["anrop"], 100)["values"]
    assert len(values_of(lean)) == VALUES and f"{VALUES} värden för 6 av 296 kommuner" in lines[0]
    assert bar.done == 3 + 12 and not (lean.work / "hamtning" / f"kolada-{DAY}").exists()
    assert (lean.raw / "SHA256SUMS").read_text(encoding="utf-8").count(f"kolada-{DAY}/") == len(listed) + 2


@pytest.mark.parametrize("way", NEXT)
def test_next_url_is_followed_however_it_is_written(way: str, lean: Project):
    with service(lean, per_page=150, next_url=way) as server:
        fetched(lean, server.address)
    assert len(values_of(lean)) == VALUES


def test_a_service_that_asks_for_patience_gets_it(lean: Project):
    times: dict[str, list[float]] = {}

    def busy(request: str, number: int, reply: Reply) -> Reply:
        times.setdefault(request, []).append(time.monotonic())
        if request.startswith("municipality?") and number == 1:
            return Reply(b"", 429, {"Retry-After": "1"})
        if request.startswith("kpi") and number < 4:
            return Reply(b"fel", 500 + number)
        if request.startswith("data") and number == 1:
            return Reply(reply.body[:200], cut=100) if "0000" in request else Reply(reply.body[:200])
        return reply

    bar = Quiet()
    with service(lean, trick=busy) as server:
        fetched(lean, server.address, bar)
    (patient,) = [found for request, found in times.items() if request.startswith("municipality?")]
    assert patient[1] - patient[0] >= 1
    assert len(values_of(lean)) == VALUES and len(bar.said) == 1 + 3 + 2  # two parts have values to cut


def changed(kind: str, change: Callable[[dict], object], only: int | None = None) -> Callable[..., Reply]:
    def trick(request: str, times: int, reply: Reply) -> Reply:
        if not request.startswith(kind) or only and times != only:
            return reply
        said = json.loads(reply.body)
        if said["values"]:
            change(said)
        return Reply(json.dumps(said).encode())

    return trick


def answering(kind: str, *reply: object) -> Callable[..., Reply]:
    return lambda request, times, right: Reply(*reply) if request.startswith(kind) else right


SAME = (
    b'{"values": [{"id": "G1", "title": "Test", "members": []}], "next_url": "municipality_groups?page=%d0"}'
)
MISBEHAVIOUR = {
    "webbsida": (answering("data", b"<!DOCTYPE html><title>Logga in</title>"), "annat än JSON"),
    "avklippt": (answering("data", b'{"values": [{"kpi": "U30750"'), "avklippt"),
    "inte JSON": (answering("kpi", b'{"values": [}'), "hel JSON"),
    "för många frågor": (answering("kpi", b"", 429, {"Retry-After": "3600"}), "Vänta en timme"),
    "trasig tjänst": (answering("kpi", b"", 500), "Tjänsten har ett fel"),
    "nekad": (answering("kpi", b"", 403), "nekar anropet"),
    "flyttad": (answering("kpi", b"", 301, {"Location": "https://annan.exempel.se/"}), "annan.exempel.se"),
    "proxy som kräver inloggning": (answering("kpi", b"", 407), "HTTPS_PROXY"),
    "cirkel": (changed("data", lambda said: said.update(next_url="?page=1&per_page=5000")), "cirkel"),
    "samma sida": (
        lambda request, times, right: (
            Reply(SAME % len(request)) if request.startswith("municipality_groups") else right
        ),
        "samma sida två gånger",
    ),
    "annan värd": (
        changed("data", lambda said: said.update(next_url="https://exempel.se/v3/data")),
        "leder bort",
    ),
    "annan plats": (changed("data", lambda said: said.update(next_url="//exempel.se/v3/x")), "leder bort"),
    "ändrad typ": (changed("data", lambda said: said["values"][0].update(period="2024")), "ett heltal"),
    "okänt kön": (
        changed("data", lambda said: said["values"][0]["values"][0].update(gender="X")),
        "okänt kön",
    ),
    "annan form": (changed("data", lambda said: said.update(values={"kpi": "U30750"})), "en lista"),
    "okänt nyckeltal": (changed("data", lambda said: said["values"][0].update(kpi="N99999")), "kolada.yml"),
    "år som inte börjat": (
        changed("data", lambda said: said["values"][0].update(period=2999)),
        "Året har inte börjat",
    ),
    "ändrad kodning": (
        changed("kpi", lambda said: said["values"][0].update(title="Rutin finns, (Ja=2, Delvis=1, Nej=0)")),
        "en annan rubrik än när det granskades",
    ),
    "kommun som upphört": (changed("municipality?", lambda said: said["values"].pop()), "Testkommun 006"),
    "ny kommun": (
        changed(
            "municipality?",
            lambda said: said["values"].append({"id": "9999", "title": "Testkommun 999", "type": "K"}),
        ),
        "finns i Kolada men inte i registret",
    ),
    "upprepade värden": (
        changed("data", lambda said: said["values"].append(said["values"][0])),
        "Samma värde står två gånger",
    ),
    "inget nyckeltal kvar": (answering("kpi", b'{"values": [], "next_url": null}'), "inget av nyckeltalen"),
}


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_misbehaviour_gives_one_message_and_writes_nothing(name: str, lean: Project):
    trick, says = MISBEHAVIOUR[name]
    with service(lean, trick=trick) as server:
        assert says in refused(lean, server.address)


def test_no_network_a_proxy_and_a_certificate_are_told_apart(lean: Project, monkeypatch: pytest.MonkeyPatch):
    assert "Kontrollera nätet" in refused(lean, "http://127.0.0.1:1/v3")
    with service(lean) as server:
        monkeypatch.setenv("HTTPS_PROXY", server.address.removesuffix("/v3"))
        assert "Proxyn släpper inte fram anropet" in refused(lean, "https://kolada.exempel.invalid/v3")
        monkeypatch.setenv("HTTPS_PROXY", "ftp://proxy.exempel.invalid")
        assert "Proxyns adress går inte att använda" in refused(lean, "https://kolada.exempel.invalid/v3")
    monkeypatch.delenv("HTTPS_PROXY")
    with service(lean, certificate=ROOT / "tests/filer/certifikat/sjalvsignerat.pem") as server:
        assert "Certifikatet går inte att kontrollera" in refused(lean, server.address)
        monkeypatch.setenv("SSL_CERT_FILE", str(lean.root / "finns-inte.pem"))
        assert "Filen med certifikat går inte att läsa" in refused(lean, server.address)


def test_nulls_removed_values_and_key_figures_that_are_gone_are_listed(lean: Project):
    def odd(request: str, times: int, reply: Reply) -> Reply:
        said = json.loads(reply.body)
        if request.startswith("kpi"):
            said["values"] = [item for item in said["values"] if item["id"] != "U30752"]
        if request.startswith("data") and said["values"]:
            first, second, third = said["values"][0]["values"]
            first.update(value=None, status=None)
            second.update(value=None, status="Underlag saknas")
            third.update(isdeleted=True)
        return Reply(json.dumps(said).encode())

    with service(lean, trick=odd) as server:
        lines = fetched(lean, server.address)
        assert not any("U30752" in request for request in server.asked if request.startswith("data"))
    text = "\n".join(lines)
    assert "Finns inte i Kolada: U30752" in text and "sågs senast 2026-03-23" in text
    assert "Underlag saknas (2 värden)" in text and "2 värden är märkta som borttagna" in text
    values = values_of(lean)
    assert len(values) == 7 * 7 * 3 * 3 - 2 and "insats-med-natt-mal" not in set(values["nyckeltal_id"])


def test_a_404_for_several_key_figures_is_asked_one_by_one(lean: Project):
    def missing(request: str, times: int, reply: Reply) -> Reply:
        return (
            Reply(b'{"detail": "Not Found"}', 404) if "U30751" in request.split("municipality")[0] else reply
        )

    with service(lean, trick=missing) as server:
        lines = fetched(lean, server.address)
    assert "U30751" in "\n".join(lines) and len(values_of(lean)) == 7 * 7 * 3 * 3


def test_what_has_changed_since_the_fetch_before_is_told(lean: Project):
    with service(lean) as server:
        fetched(lean, server.address)
        server.trick = changed("data", lambda said: said["values"][0]["values"][0].update(value=1, status=""))
        lines = fetched(lean, server.address, again=True)
    assert "    aktualiserade-for-vald: 0 nya, 2 ändrade, 0 borta" in lines
    with service(lean) as server, pytest.raises(DataError, match="redan hämtade i dag"):
        fetched(lean, server.address)
    assert not server.asked


def test_other_words_for_a_key_figure_are_told_beside_its_values(lean: Project):
    """Under the same title Kolada can begin to count something else."""

    def without_total(request: str, times: int, reply: Reply) -> Reply:
        said = json.loads(reply.body)
        for entry in said["values"] if request.startswith("data") else ():
            if entry["kpi"] == "U30750":
                entry["values"] = [value | {"gender": "K"} for value in entry["values"][:1]]
        return Reply(json.dumps(said).encode())

    with service(lean) as server:
        fetched(lean, server.address)
        server.trick = changed(
            "kpi", lambda said: said["values"][0].update(description="Nytt sätt att räkna.")
        )
        lines = fetched(lean, server.address, again=True)
        assert any("U30750 beskrivs med andra ord" in line and "Nytt sätt" in line for line in lines)
        server.trick = without_total
        lines = fetched(lean, server.address, again=True)
    assert any("bara värden för kvinnor och män var för sig" in line and "U30750" in line for line in lines)


def test_a_fetch_that_gives_the_same_values_writes_nothing(lean: Project):
    with service(lean) as server:
        fetched(lean, server.address)
        before = contents(lean.root / "data")
        lines = fetched(lean, server.address, again=True)
    assert lines[-1] == f"Inget har ändrats sedan data/raw/kolada-{DAY}/, så inget skrivs."
    assert contents(lean.root / "data") == before


@pytest.mark.parametrize("empty", [Reply(b"{}", 404), Reply(b'{"values": [], "next_url": null}')])
def test_a_service_that_has_lost_its_values_does_not_empty_ours(empty: Reply, lean: Project):
    def lost(request: str, times: int, reply: Reply) -> Reply:
        return empty if request.startswith("data") else reply

    with service(lean, trick=lost) as server:
        assert "Kolada gav inga värden" in refused(lean, server.address)
        server.trick = AS_IT_IS
        fetched(lean, server.address)
        kept = contents(lean.root / "data")
        server.trick = lambda request, times, reply: (
            empty if request.startswith("data") and UNITS[0][1] in request else reply
        )
        with pytest.raises(DataError, match="mycket färre värden än förra gången"):
            fetched(lean, server.address, again=True)
    assert contents(lean.root / "data") == kept


def test_what_gets_nothing_is_named(lean: Project):
    with service(lean) as server:
        lines = fetched(lean, server.address)
    assert lines[1].startswith("Inget alls kom för ") and lines[1].endswith("och 285 till.")


def test_an_address_with_another_service_is_one_message(lean: Project):
    with service(lean, trick=lambda request, times, reply: Reply(b"{}", 404)) as server:
        message = refused(lean, server.address)
        assert "Tjänsten har inga kommuner" in message and message.count("FEL:") == 1
        server.trick = AS_IT_IS
        fetched(lean, server.address)  # what was wrong is not kept


@pytest.mark.parametrize("said", ["Wed, 21 Oct 2015 07:28:00", "Wed, 21 Oct 2015 07:28:00 -0000"])
def test_a_date_without_a_zone_is_a_time_to_wait_until(said: str, lean: Project):
    def busy(request: str, times: int, reply: Reply) -> Reply:
        return Reply(b"", 429, {"Retry-After": said}) if times == 1 else reply

    with service(lean, trick=busy) as server:
        assert fetched(lean, server.address)[-1].startswith("Skrivet:")


def test_an_interrupted_fetch_goes_on_where_it_was(lean: Project):
    """Stopped three times at different moments, then left alone: every request is answered once, and no value is double."""
    script = "import sys; from ojbrottsoffer.cli.commands import main; sys.exit(main(['--rot', sys.argv[1], 'hamta', 'kolada']))"
    answered: list[str] = []

    def noted(request: str, times: int, reply: Reply) -> Reply:
        answered.append(request)
        return reply

    with service(lean, per_page=8, delay=0.01, trick=noted) as server:
        environment = os.environ | {"KOLADA_URL": server.address, "PYTHONPATH": "src"}
        for number in (1, 2, 3):
            process = subprocess.Popen(
                [sys.executable, "-c", script, str(lean.root)], env=environment, stderr=subprocess.PIPE
            )
            enough = len(answered) + 5 * number
            while len(answered) < enough and process.poll() is None:
                time.sleep(0.002)
            process.send_signal(signal.SIGINT if number == 2 else signal.SIGKILL)
            said = process.communicate()[1].decode()
            assert process.returncode == (130 if number == 2 else -signal.SIGKILL), said
            assert number != 2 or "kör om så hämtas resten" in said
            assert not list(lean.raw.glob("kolada-*")), "halvskrivet"
        (spoilt, *_) = (lean.work / "hamtning").glob("*/*.svar")
        spoilt.write_bytes(spoilt.read_bytes()[:-20])
        assert main_with(server.address, lean, "hamta", "kolada") == 0
    again = len(answered) - len(set(answered))
    assert 1 <= again <= 3 * 2 + 1, "frågad igen: det avbrutna och det skadade, inget mer"
    assert len(values_of(lean)) == VALUES


def main_with(address: str, project: Project, *arguments: str) -> int:
    before = os.environ.get("KOLADA_URL")
    os.environ["KOLADA_URL"] = address
    try:
        return alone(main, ["--rot", str(project.root), *arguments])
    finally:
        os.environ.pop("KOLADA_URL") if before is None else os.environ.update(KOLADA_URL=before)


def test_the_dry_run_asks_nothing_and_writes_nothing(lean: Project, capsys: pytest.CaptureFixture):
    before = contents(lean.root)
    with service(lean) as server:
        assert main_with(server.address, lean, "hamta", "kolada", "--torr") == 0
        said = capsys.readouterr().out
        assert not server.asked and contents(lean.root).keys() - before.keys() <= {".build/las"}
        assert main_with(server.address, lean, "hamta", "kolada") == 0
        assert {f"GET {server.address}/{request}" for request in server.asked} == {
            line for line in said.splitlines() if line.startswith("GET ")
        }


@pytest.mark.parametrize("address", ["ftp://kolada.se", "kolada.se", "https://", "https://a:b@kolada.se/v3"])
def test_an_address_that_is_none_is_told(address: str, lean: Project, capsys: pytest.CaptureFixture):
    assert main_with(address, lean, "hamta", "kolada") == 1
    assert f"KOLADA_URL är ”{address}”" in capsys.readouterr().err


def test_a_country_of_twenty_years_is_fetched_whole(lean: Project):
    add_to_register(lean, test_units(290)[len(UNITS) :])
    kolada = InventedKolada(load_reference(lean), load_key_figures(lean), range(2005, 2025), "T")
    with serving_kolada(KoladaServer(kolada)) as server:
        fetched(lean, server.address)
    assert len(server.asked) == 3 + 24 and len(values_of(lean)) == 8 * 291 * 20


CONTRACT = {
    "kpi": f"kpi/N01951?{asked.PAGE}",
    "municipality": f"municipality?region_type=K&{asked.PAGE}",
    "municipality_groups": f"municipality_groups?title=Liknande%20kommuner%20IFO&{asked.PAGE}",
    "data": f"data/kpi/N01951/municipality/0000/year/2023,2024?{asked.PAGE}",
}


def test_the_service_keeps_to_the_shapes_that_are_read(lean: Project):
    """Against files in the documented shapes; against the service itself with KOLADA_PROVA set to its address."""
    real = os.environ.get("KOLADA_PROVA")
    kept = KeptAnswers(lean.work / "hamtning" / "prov")
    kept.begin()

    def recorded(request: str, times: int, right: Reply) -> Reply:
        kind = request.split("?")[0].split("/")[0]
        return Reply((ROOT / f"tests/filer/kolada/{kind}.json").read_bytes())

    with nullcontext() if real else service(lean, trick=recorded) as server:
        bar = Quiet()
        answers = alone(
            fetch,
            Service(real or server.address, os.environ.get("KONTAKT", ""), 1 if real else 0.01),
            list(CONTRACT.values()),
            kept,
            bar.update,
            bar.write,
        )
    pages = {answer.kind: answer.page() for answer in answers}
    assert pages.keys() == CONTRACT.keys() and all(page.values for page in pages.values())
    (described,) = pages["kpi"].values
    assert (described.id, described.title) == ("N01951", load_key_figures(lean).of_kolada["N01951"].titel)
    assert {item.type for item in pages["municipality"].values} == {"K"}
    assert all(group.id.startswith("G") and group.members for group in pages["municipality_groups"].values)
    assert any(
        group.title.startswith("Liknande kommuner IFO, ") for group in pages["municipality_groups"].values
    )
    entries = pages["data"].values
    assert {(item.kpi, item.municipality) for item in entries} == {("N01951", "0000")}
    assert "T" in {value.gender for item in entries for value in item.values}
