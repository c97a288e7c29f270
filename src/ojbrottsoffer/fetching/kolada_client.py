"""Asks Kolada, at most two requests at a time, page by page, and again after a while when it can't answer."""

from __future__ import annotations

import asyncio
import email.utils
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from ojbrottsoffer import __version__
from ojbrottsoffer.fetching.asked import one_by_one
from ojbrottsoffer.fetching.kept_answers import KeptAnswers
from ojbrottsoffer.fetching.problems import CutShort, is_certificate, of_settings, of_transport, stop
from ojbrottsoffer.schema.finding import DataError
from ojbrottsoffer.sources.kolada_answers import Answer

AT_ONCE = 2
"""Requests under way at the same time."""
ATTEMPTS = 6
"""Times that a request is made before a person has to decide."""
LONGEST_WAIT = 120.0
"""Seconds between two of them, unless the service asks for more."""
LONGEST_ASKED = 900.0
"""Seconds that the service may ask for; if it asks for more, the fetch stops."""
SLOWEST = 60.0
"""Seconds without a sign of an answer."""


@dataclass(frozen=True)
class Service:
    """Where Kolada is and who asks. `first_wait`: seconds before the second attempt, doubled for each."""

    address: str
    contact: str
    first_wait: float = 1.0

    @property
    def headers(self) -> dict[str, str]:
        """Says which program asks, and how to reach whoever runs it."""
        who = f"ojbrottsoffer/{__version__}"
        return {
            "User-Agent": f"{who} ({self.contact})" if self.contact else who,
            "Accept": "application/json",
        }


def fetch(
    service: Service,
    requests: Sequence[str],
    kept: KeptAnswers,
    done: Callable[[], object],
    waiting: Callable[[str], object],
) -> list[Answer]:
    """The answers to `requests`, in that order, each with all its pages; what is kept is not asked again.

    `done` is called for each request, `waiting` with a sentence when one has to be made again. Raises `DataError`
    for the first that gets no answer to use; what had come is kept.
    """

    def said(details: RetryDetails) -> None:
        waiting(f"Försök {details.retry_num} lyckades inte; väntar {max(1, round(details.wait_for))} s.")

    set_on_retry_hooks([said])
    try:
        return asyncio.run(_fetch(service, requests, kept, done))
    except ExceptionGroup as group:
        error: Exception = group
        while isinstance(error, ExceptionGroup):
            error = error.exceptions[0]
        raise error from None
    finally:
        set_on_retry_hooks(None)


async def _fetch(
    service: Service, requests: Sequence[str], kept: KeptAnswers, done: Callable[[], object]
) -> list[Answer]:
    try:
        client = httpx.AsyncClient(
            headers=service.headers,
            timeout=SLOWEST,
            limits=httpx.Limits(max_connections=AT_ONCE),
            follow_redirects=False,
        )
    except (
        ValueError,
        OSError,
        httpx.InvalidURL,
    ) as error:  # a proxy or a certificate file that can't be used
        raise of_settings(error, service.address) from error
    async with client:
        asking = _Asking(service, client, kept)

        async def answered(request: str) -> list[Answer]:
            answers = await asking.answers(request)
            done()
            return answers

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(answered(request)) for request in requests]
        return [answer for task in tasks for answer in task.result()]


class _Asking:
    """The requests of one fetch."""

    def __init__(self, service: Service, client: httpx.AsyncClient, kept: KeptAnswers) -> None:
        self.service, self.client, self.kept = service, client, kept
        self.base = httpx.URL(f"{service.address}/")
        self.free = asyncio.Semaphore(AT_ONCE)

    async def answers(self, request: str) -> list[Answer]:
        """Every page of the answer. Key figures that Kolada does not have together are asked for one by one."""
        found: list[Answer] = []
        seen: set[str] = set()
        address: httpx.URL | None = self.base.join(request)
        addresses: set[httpx.URL] = set()
        while address is not None:
            addresses.add(address)
            answer = await self._answer(address)
            if answer.body is None and not found and (each := one_by_one(request)):
                return [answer for one in each for answer in await self.answers(one)]
            found.append(answer)
            page = answer.page()
            if page is None:
                break
            digest = hashlib.sha256(page.model_dump_json(exclude={"next_url"}).encode()).hexdigest()
            if digest in seen and page.values:
                raise stop(
                    "Tjänsten gav samma sida två gånger",
                    str(address),
                    f"sida {len(found)}",
                    "en ny sida efter varje next_url",
                    "Försök igen senare. Är det likadant då: meddela Kolada.",
                )
            seen.add(digest)
            address = self._next(address, page.next_url)
            if address in addresses:
                raise stop(
                    "Sidorna går i cirkel: next_url leder till en sida som redan är hämtad",
                    str(address),
                    str(page.next_url),
                    "en ny sida efter varje next_url",
                    "Försök igen senare. Är det likadant då: meddela Kolada.",
                )
        return found

    def _next(self, address: httpx.URL, said: str | None) -> httpx.URL | None:
        """The address of the next page, absolute or relative; never on another host."""
        if not said:
            return None
        if said.startswith("/") and not said.startswith(("//", self.base.path)):
            said = said.lstrip("/")
        beside = not re.match(r"[a-z]+:|[/?]", said)
        try:
            following = (self.base if beside else address).join(said)
        except httpx.InvalidURL:
            following = httpx.URL("")
        if following.scheme == "http" and self.base.scheme == "https":
            following = following.copy_with(scheme="https")
        if (following.scheme, following.netloc) != (self.base.scheme, self.base.netloc) or not (
            following.path.startswith(self.base.path)
        ):
            raise stop(
                "next_url leder bort från tjänsten",
                str(address),
                said,
                f"en adress som börjar med {self.service.address}",
                "Meddela Kolada. Inget hämtas från en annan värd.",
            )
        return following

    async def _answer(self, address: httpx.URL) -> Answer:
        request = str(address).removeprefix(str(self.base))
        there, body = self.kept.get(str(address))
        if there:
            return Answer(request, str(address), body)
        async with self.free:
            try:
                async for attempt in stamina.retry_context(
                    on=_again,
                    attempts=ATTEMPTS,
                    timeout=None,
                    wait_initial=self.service.first_wait,
                    wait_max=LONGEST_WAIT,
                    wait_jitter=self.service.first_wait,
                ):
                    with attempt:
                        body = await self._body(address)
            except (httpx.RequestError, httpx.HTTPStatusError, CutShort) as error:
                raise of_transport(error, str(address)) from error
        answer = Answer(request, str(address), body)
        answer.page()
        self.kept.put(str(address), body)
        return answer

    async def _body(self, address: httpx.URL) -> bytes | None:
        """The answer as it came; None if the service does not have it."""
        response = await self.client.get(address)
        if response.status_code == 404:
            return None
        response.raise_for_status()
        body = response.content
        if body.lstrip()[:1] != b"{":
            raise stop(
                "Tjänsten svarar med något annat än JSON, till exempel en webbsida",
                str(address),
                " ".join(body[:80].decode("utf-8", "replace").split()),
                "JSON",
                "Öppna adressen i en webbläsare och se vad som står där: en inloggning till nätet, ett driftstopp eller "
                "en ny adress.",
            )
        try:
            json.loads(body)
        except (ValueError, RecursionError):
            raise CutShort(str(address)) from None
        return body


def _again(error: Exception) -> bool | float:
    """Whether a request is made again, and after how many seconds if the service says so."""
    if isinstance(error, httpx.HTTPStatusError):
        response = error.response
        if response.status_code != 429 and not response.is_server_error:
            return False
        asked = _asked_wait(response.headers.get("retry-after"))
        return True if asked is None else asked if asked <= LONGEST_ASKED else False
    if isinstance(error, httpx.ProxyError | httpx.UnsupportedProtocol | DataError):
        return False
    return isinstance(error, httpx.TransportError | httpx.DecodingError | CutShort) and not is_certificate(
        error
    )


def _asked_wait(said: str | None) -> float | None:
    """Seconds of a `Retry-After`, a number or a date; None if it says neither."""
    if not said:
        return None
    if said.strip().isdecimal():
        return float(said)
    try:
        until = email.utils.parsedate_to_datetime(said)
    except ValueError:
        return None
    if until.tzinfo is None:  # an HTTP date is of Greenwich
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())
