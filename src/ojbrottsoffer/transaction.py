"""Replaces published folders, so that a reader sees the old or the new, never half.

Linux can exchange two names atomically (`renameat2` with `RENAME_EXCHANGE`, Linux 3.15).
Where that is not available two renames are used; `recover` finishes them if the power went
between the two.

Folders that belong together are replaced one after the other. What is about to happen is written
down first: killed at any point, each folder is the old one or the new one, whole, and `finish`, which
every command begins with, makes them both old or both new. Between the kill and that command the
one may be new and the other old; where two renames are used, one may also lack its name.

Files of `data/` are written together in the same way: staged, marked as whole, then moved into place.
`finish_files` finishes an interrupted move and throws away an unfinished staging, so that an interrupt or a kill at
any point leaves either the old state or the new. Whoever calls it holds the build lock.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import shutil
from pathlib import Path

from ojbrottsoffer.digest import IGNORED, folder_digest

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class Changed(OSError):
    """A folder was written in while it was copied. Its argument: the folder."""


def fresh(target: Path) -> Path:
    """An empty folder beside `target` to build the next version in."""
    recover(target)
    new = _new(target)
    new.mkdir(parents=True)
    return new


def publish(target: Path) -> None:
    """Puts what was built in `fresh(target)` in the place of `target`."""
    _put_in_place(target)
    recover(target)


def _put_in_place(target: Path) -> None:
    """The next version takes the place of `target`; what was there lies beside it."""
    new = _new(target)
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        target.rename(_old(target))
        new.rename(target)


def recover(target: Path) -> None:
    """Cleans up after an interrupted build: `target` is the old version or the new."""
    new, old = _new(target), _old(target)
    if old.exists() and not target.exists():
        old.rename(target)
    for leftover in filter(Path.exists, (new, old)):
        for folder in (
            leftover,
            *(path for path in leftover.rglob("*") if path.is_dir() and not path.is_symlink()),
        ):
            folder.chmod(0o755)  # a published folder may have been made read-only
        shutil.rmtree(leftover)


def write_in_one_step(path: Path, text: str) -> None:
    """Writes a file so that it is the old or the new whenever somebody looks."""
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def publish_together(built: dict[Path, Path], journal: Path) -> list[Path]:
    """Puts copies of folders in the place of their targets, one by one; returns the changed ones.

    `built`: target -> folder with its next version. `journal`: the file that says what is under
    way; the targets lie in the folder above its own. Raises `Changed`, with everything as it was, if
    somebody writes in a folder while it is copied.
    """
    finish(list(built), journal)
    digests = {target: folder_digest(folder) for target, folder in built.items()}
    changed = [target for target in built if folder_digest(target) != digests[target]]
    for target in changed:
        unread = shutil.ignore_patterns(*IGNORED)  # no digest has them
        shutil.copytree(built[target], fresh(target), dirs_exist_ok=True, ignore=unread)
        if folder_digest(_new(target)) != digests[target]:
            raise Changed(built[target])
    for target in built:
        _open_to_readers(_new(target) if target in changed else target)
    planned = {_name(target, journal): digests[target] for target in changed}
    write_in_one_step(journal, json.dumps(planned))
    finish(list(built), journal)
    return changed


def finish(targets: list[Path], journal: Path) -> None:
    """Does what is left of an interrupted `publish_together`, or throws away what it prepared.

    A journal that says something else than it writes, says nothing.
    """
    try:
        planned = json.loads(journal.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        planned = None
    for target in targets if isinstance(planned, dict) else ():
        wanted = planned.get(_name(target, journal))
        if folder_digest(target) != wanted and folder_digest(_new(target)) == wanted:
            _put_in_place(target)
    journal.unlink(missing_ok=True)
    for target in targets:
        recover(target)


def _name(target: Path, journal: Path) -> str:
    """What the journal calls a target: its path from the folder above the journal's own."""
    return target.relative_to(journal.parent.parent).as_posix()


def _open_to_readers(folder: Path) -> None:
    """Gives what is published the modes of ordinary files whatever the umask: a web server reads it."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _new(target: Path) -> Path:
    return target.with_name(f".{target.name}.ny")


def _old(target: Path) -> Path:
    return target.with_name(f".{target.name}.gammal")


def _exchange(a: Path, b: Path) -> bool:
    """Swaps two names atomically; False where the system can't."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    done = renameat2(_AT_FDCWD, os.fsencode(a), _AT_FDCWD, os.fsencode(b), _RENAME_EXCHANGE)
    return done == 0


FILES, WHOLE, REMOVED = ".import.ny", "KLAR", "BORT"
"""The folder in `data/` where files are staged, the mark that all of them are there, and the list of files to remove."""
OURS = re.compile(r"(data|\.build/inlasningar)(/(?!\.\.?(/|$))[^/\0]+)+")
"""A path that an import writes or removes."""
FINISHED = "Importen eller beslutet hann bli klart: alla filer är på plats i data/."
UNDONE = "Inget är skrivet till data/; det som hann förberedas är borttaget."


def write_files(root: Path, files: dict[str, bytes | None]) -> None:
    """Puts every file of `data/` in place, all or nothing also if the process is killed. `files`: path from `root`
    -> content, or None for a file that is removed, with its folder if that is then empty.

    Interrupted before the staging is whole, it is thrown away; after that the move is finished first. The exception
    passes on either way, with a note of what became of the files.
    """
    finish_files(root)
    staging, placed = root / "data" / FILES, False
    try:
        removed = [name for name, data in files.items() if data is None]
        for name, data in files.items():
            if data is not None:
                path = staging / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        if removed:
            (staging / REMOVED).write_bytes(json.dumps(removed).encode())
        (staging / WHOLE).touch()
        placed = True
        finish_files(root)
    except BaseException as error:
        error.add_note(finish_files(root) or (FINISHED if placed else UNDONE))
        raise


def unfinished_files(root: Path) -> bool:
    """True if a writing of files was interrupted."""
    return (root / "data" / FILES).exists()


def finish_files(root: Path) -> str | None:
    """Finishes a whole staging, removes an unfinished one, and says which; None if there is none."""
    staging = root / "data" / FILES
    if not staging.exists():
        return None
    if not any(staging.iterdir()):
        staging.rmdir()
        return None
    whole = (staging / WHOLE).exists()
    if whole:
        for path in sorted(p for p in staging.glob("*/**/*") if p.is_file()):
            if not OURS.fullmatch(path.relative_to(staging).as_posix()):
                continue
            target = root / path.relative_to(staging)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)
        _remove(root, staging / REMOVED)
    for path in staging.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
    (staging / REMOVED).unlink(missing_ok=True)
    (staging / WHOLE).unlink(missing_ok=True)
    staging.rmdir()
    return FINISHED if whole else UNDONE


def _remove(root: Path, listed: Path) -> None:
    """Removes the files of a list, and the folders that are then empty.

    A list that says something else than an import writes, says nothing: no other file is removed.
    """
    try:
        names = json.loads(listed.read_bytes())
    except (OSError, ValueError, RecursionError):
        return
    if not isinstance(names, list) or not all(
        isinstance(name, str) and OURS.fullmatch(name) for name in names
    ):
        return
    for name in names:
        path = root / name
        path.unlink(missing_ok=True)
        if path.parent.exists() and not any(path.parent.iterdir()):
            path.parent.rmdir()
