"""What has come of a fetch that is not done: kept below `.build/`, so that the next run asks only for the rest."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

ABSENT = b"404"


class KeptAnswers:
    """The answers of one day, a file each: a digest of what follows, a line break, and the answer as it came.

    A file that is cut or changed is no answer.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self) -> None:
        """Makes the folder, and removes those of other fetches."""
        for other in self.folder.parent.glob("*"):
            if other.name != self.folder.name:
                shutil.rmtree(other)
        self.folder.mkdir(parents=True, exist_ok=True)

    def get(self, address: str) -> tuple[bool, bytes | None]:
        """Whether there is an answer, and what it is: None for what the service does not have."""
        try:
            digest, _, body = self._path(address).read_bytes().partition(b"\n")
        except OSError:
            return False, None
        if digest == ABSENT and not body:
            return True, None
        known = digest == hashlib.sha256(body).hexdigest().encode()
        return known, body if known else None

    def put(self, address: str, body: bytes | None) -> None:
        """Keeps an answer, whole or not at all."""
        path = self._path(address)
        temporary = path.with_suffix(".tmp")
        head = ABSENT if body is None else hashlib.sha256(body).hexdigest().encode()
        temporary.write_bytes(head + b"\n" + (body or b""))
        os.replace(temporary, path)

    def end(self) -> None:
        """Everything is where it should be."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, address: str) -> Path:
        return self.folder / f"{hashlib.sha256(address.encode()).hexdigest()[:32]}.svar"
