"""Replaces published folders, so that a reader sees the old or the new, never half.

Linux can exchange two names atomically (`renameat2` with `RENAME_EXCHANGE`, Linux 3.15).
Where that is not available two renames are used; `recover` finishes them if the power went
between the two.

Folders that belong together are replaced together: what is about to happen is written down
first, and `finish` does what is left of it after an interruption.

Files of `data/` are written together in the same way: staged, marked as whole, then moved into place.
`finish_files` finishes an interrupted move and throws away an unfinished staging, so that an interrupt or a kill at
any point leaves either the old state or the new. Whoever calls it holds the build lock.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
from pathlib import Path

from ojbrottsoffer.digest import folder_digest

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def fresh(target: Path) -> Path:
    """An empty folder beside `target` to build the next version in."""
    recover(target)
    new = _new(target)
    new.mkdir(parents=True)
    return new


def publish(target: Path) -> None:
    """Puts what was built in `fresh(target)` in the place of `target`."""
    new, old = _new(target), _old(target)
    if not target.exists():
        new.rename(target)
    elif _exchange(new, target):
        shutil.rmtree(new)
    else:
        target.rename(old)
        new.rename(target)
        shutil.rmtree(old)


def recover(target: Path) -> None:
    """Cleans up after an interrupted build: `target` is the old version or the new."""
    new, old = _new(target), _old(target)
    if old.exists() and not target.exists():
        old.rename(target)
    for leftover in (new, old):
        if leftover.exists():
            shutil.rmtree(leftover)


def write_in_one_step(path: Path, text: str) -> None:
    """Writes a file so that it is the old or the new whenever somebody looks."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)


def publish_together(built: dict[Path, Path], journal: Path) -> list[Path]:
    """Puts copies of folders in the place of their targets, all or none; returns the changed ones.

    `built`: target -> folder with its next version. `journal`: the file that says what is under
    way; the targets lie in the folder above its own.
    """
    finish(list(built), journal)
    changed = {
        target: folder for target, folder in built.items() if folder_digest(folder) != folder_digest(target)
    }
    for target, folder in changed.items():
        shutil.copytree(folder, fresh(target), dirs_exist_ok=True)
    for target in built:
        _open_to_readers(_new(target) if target in changed else target)
    root = journal.parent.parent
    planned = {target.relative_to(root).as_posix(): folder_digest(_new(target)) for target in changed}
    write_in_one_step(journal, json.dumps(planned))
    finish(list(built), journal)
    return list(changed)


def finish(targets: list[Path], journal: Path) -> None:
    """Does what is left of an interrupted `publish_together`, or throws away what it prepared."""
    try:
        planned = json.loads(journal.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        planned = {}
    for name, wanted in planned.items():
        target = journal.parent.parent / name
        if folder_digest(target) != wanted and folder_digest(_new(target)) == wanted:
            publish(target)
    journal.unlink(missing_ok=True)
    for target in targets:
        recover(target)


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


FILES, WHOLE = ".import.ny", "KLAR"
"""The folder in `data/` where files are staged, and the mark that all of them are there."""
FINISHED = "Importen eller beslutet hann bli klart: alla filer är på plats i data/."
UNDONE = "Inget är skrivet till data/; det som hann förberedas är borttaget."


def write_files(root: Path, files: dict[str, bytes]) -> None:
    """Puts every file of `data/` in place, all or nothing also if the process is killed. `files`: path from `root`
    -> content.

    Interrupted before the staging is whole, it is thrown away; after that the move is finished first. The exception
    passes on either way, with a note of what became of the files.
    """
    finish_files(root)
    staging, placed = root / "data" / FILES, False
    try:
        for name, data in files.items():
            path = staging / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
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
        for path in sorted(p for p in staging.rglob("*") if p.is_file() and p.name != WHOLE):
            target = root / path.relative_to(staging)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.replace(path, target)
    for path in staging.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
    (staging / WHOLE).unlink(missing_ok=True)
    staging.rmdir()
    return FINISHED if whole else UNDONE
