"""The Debian packages that the tests need beside Python's: the one list of them.

`make` builds everything without them and never looks for them. `python -m tools.programs` says in
one line which are missing and the command that installs them; as root it runs that command.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

PACKAGES = {
    # Chromium without its windows, which take half of the browser tests' time; with them will do.
    "chromium-headless-shell": ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
    "libreoffice-calc-nogui": ("soffice", "libreoffice"),  # opens the plans
    "libreoffice-impress-nogui": ("/usr/lib/libreoffice/program/libslideshowlo.so",),  # opens the slides
    "nginx-light": ("nginx",),  # serves the site as deploy/nginx.conf says
    "r-base-core": ("Rscript",),  # runs the examples in R
    "r-cran-jsonlite": ("/usr/lib/R/site-library/jsonlite",),  # reads the API as its page shows
    "default-jre-headless": ("java",),  # the Nu HTML Checker
    "nodejs": ("node",),  # the same in JavaScript
    "npm": ("npm",),  # fetches it
    "libatomic1": ("libatomic.so.1",),  # Playwright's own Node
}
"""Package -> names of what the tests use of it, best first."""
INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends")


def program(name: str) -> str:
    """The path of the best program that does what the one called so does. A path in the environment
    variable of one of their names in capitals goes first. Raises LookupError if all are missing."""
    package, names = next((package, names) for package, names in PACKAGES.items() if name in names)
    if found := _find(names):
        return found
    raise LookupError(f"{name} saknas. Kör som root: {' '.join((*INSTALL, package))}")


def missing() -> list[str]:
    """The packages of which nothing is found."""
    return [package for package, names in PACKAGES.items() if not _find(names)]


def _find(names: tuple[str, ...]) -> str | None:
    """The path of the first that there is, or the name of a library that can be loaded."""
    if names[0].startswith("/"):
        return names[0] if os.path.exists(names[0]) else None
    if ".so." in names[0]:
        try:
            ctypes.CDLL(names[0])
            return names[0]
        except OSError:
            return None
    # An ordinary user's path has no servers on Debian.
    places = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin"
    wanted = (*(os.environ.get(name.upper()) for name in names), *names)
    return next((path for name in wanted if name and (path := shutil.which(name, path=places))), None)


def main() -> int:
    if not (lacking := missing()):
        return 0
    command = [*INSTALL, *lacking]
    said = f"Testerna behöver paket som saknas: {', '.join(lacking)}."
    if os.getuid() != 0 or not shutil.which("apt-get"):
        print(f"Stopp: {said} Kör som root: {' '.join(command)}", file=sys.stderr)
        return 1
    print(f"{said} Installerar: {' '.join(command)}", flush=True)
    # Runlevel 1: a server that is installed must not start by itself.
    quiet = os.environ | {"RUNLEVEL": "1", "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], command):
        done = subprocess.run(step, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            print(f"{done.stdout[-2000:]}Stopp: {' '.join(step)} misslyckades.", file=sys.stderr)
            return 1
    if lacking := missing():
        print(f"Stopp: {', '.join(lacking)} är installerat men hittas inte.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
