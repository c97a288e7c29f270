"""What can go wrong between here and Kolada, each said in Swedish with what to do."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import httpx

from ojbrottsoffer.schema.finding import DataError, Finding

KEPT = "Det som hann komma finns kvar, och nästa försök i dag fortsätter där."


class CutShort(Exception):
    """An answer that is not whole JSON. `args`: its address."""


def stop(what: str, address: str, value: str, expected: str, action: str) -> DataError:
    """One thing that stops a fetch."""
    return DataError([Finding(what, file=address, value=value, expected=expected, action=action, priority=1)])


def of_transport(error: Exception, address: str) -> DataError:
    """What became of a request that gave no answer to use."""
    if isinstance(error, httpx.HTTPStatusError):
        return _of_status(error.response, address)
    if isinstance(error, CutShort | httpx.DecodingError):
        return stop("Svaret är avklippt", address, "", "hel JSON", f"Försök igen om en stund. {KEPT}")
    said = f"{type(error).__name__}: {error}"
    if is_certificate(error):
        return stop(
            "Certifikatet går inte att kontrollera, så ingen vet vem som svarar",
            address,
            said,
            "ett giltigt certifikat för värden",
            "Kontrollera datorns klocka. Öppnar organisationens nät krypterad trafik: be IT om dess certifikat och "
            "ange filen i miljövariabeln SSL_CERT_FILE.",
        )
    if isinstance(error, httpx.ProxyError):
        return stop(
            "Proxyn släpper inte fram anropet",
            address,
            said,
            "en proxy som svarar",
            "Kontrollera miljövariablerna HTTPS_PROXY och NO_PROXY, och fråga IT om adressen är tillåten.",
        )
    if isinstance(error, httpx.TimeoutException):
        return stop(
            "Tjänsten svarar inte i tid",
            address,
            said,
            "ett svar inom en minut",
            f"Försök igen om en stund. {KEPT}",
        )
    return stop(
        "Tjänsten går inte att nå",
        address,
        said,
        "ett svar",
        "Kontrollera nätet och adressen. Kräver nätet en proxy: ange den i miljövariabeln HTTPS_PROXY. "
        + KEPT,
    )


def is_certificate(error: BaseException) -> bool:
    """True if nobody knows who answers."""
    return any(isinstance(cause, ssl.SSLCertVerificationError) for cause in _causes(error))


def of_settings(error: Exception, address: str) -> DataError:
    """A proxy or a file of certificates, named in the environment, that can't be used."""
    certificates = isinstance(error, OSError)
    return stop(
        "Filen med certifikat går inte att läsa" if certificates else "Proxyns adress går inte att använda",
        address,
        str(error),
        "en fil med certifikat i SSL_CERT_FILE"
        if certificates
        else "en adress med http:// först i HTTPS_PROXY",
        "Rätta miljövariabeln SSL_CERT_FILE, eller ta bort den."
        if certificates
        else "Rätta miljövariablerna HTTPS_PROXY, HTTP_PROXY och ALL_PROXY, eller ta bort dem.",
    )


def _of_status(response: httpx.Response, address: str) -> DataError:
    status = f"{response.status_code} {response.reason_phrase}".strip()
    if response.status_code == 429:
        return stop(
            "Tjänsten vill inte svara fler gånger just nu",
            address,
            status,
            "ett svar efter väntan",
            f"Vänta en timme och kör om. {KEPT}",
        )
    if response.is_redirect:
        return stop(
            "Tjänsten hänvisar till en annan adress",
            address,
            f"{status}: {response.headers.get('location', '')}",
            "ett svar på samma adress",
            "Har tjänsten flyttat: läs på kolada.se om den nya adressen, och ange den i KOLADA_URL.",
        )
    if response.status_code == 407:
        return stop(
            "Proxyn kräver inloggning",
            address,
            status,
            "en proxy som släpper fram anropet",
            "Fråga IT hur proxyn ska anges i miljövariabeln HTTPS_PROXY.",
        )
    if response.is_server_error:
        return stop("Tjänsten har ett fel", address, status, "ett svar", f"Försök igen om en stund. {KEPT}")
    return stop(
        "Tjänsten nekar anropet",
        address,
        status,
        "ett svar",
        "Se efter i Koladas beskrivning av API:et om frågan får ställas så.",
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came of."""
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
