#!/bin/sh
# Makes .venv hold exactly what requirements.lock says. Does nothing if it already does.
# Wants Python >= 3.11 (PYTHON names another than the first found) and on Debian its venv package:
# as root it installs what is missing of them, otherwise it says which command to run.
set -eu
cd "$(dirname "$0")/.."
# The tools below write paths, and a path may hold any letter.
export LC_ALL=C.UTF-8

stop() { echo "Stopp: $*" >&2; exit 1; }

for place in . .build data data/clean site; do
    [ ! -e "$place" ] || [ -w "$place" ] || stop "mappen får inte skrivas av $(id -un):" \
        "$(cd "$place" && pwd) ($(stat -c 'ägare %U, rättigheter %A' "$place"))." \
        "Ändra rättigheterna eller hämta projektet till en egen mapp."
done

wanted=$(cat requirements.lock pyproject.toml tools/environment.sh | sha256sum | cut -d' ' -f1)
if [ -x .venv/bin/python ] && [ "$(cat .venv/.miljo 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

python=
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || stop "Python 3.11 eller senare behövs. Kör som root: apt-get install python3 python3-venv"

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null ||
        stop "Pythons venv saknas. Kör som root: apt-get install $package"
    echo "Installerar $package …"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null
fi
echo "Skapar Python-miljön i .venv (en gång, ungefär en minut) …"
rm -rf .venv
"$python" -m venv .venv || stop "Python-miljön kunde inte skapas; felet står ovanför."

# uv installs in seconds and comes from the same lock; pip alone does it too, more slowly.
uv_lock=$(mktemp)
trap 'rm -f "$uv_lock"' EXIT
awk '/^[a-z]/ { keep = /^uv==/ } keep' requirements.lock > "$uv_lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$uv_lock"
echo "Installerar $(grep -c == requirements.lock) paket ur requirements.lock …"
if ! .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements.lock; then
    echo "uv kom inte fram; försöker med pip …"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
        -r requirements.lock
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-index \
    --no-build-isolation --no-deps --editable .
# Python reads this file in the encoding of whoever runs it: a path from here has plain letters only.
for path in .venv/lib/python*/site-packages/__editable__.ojbrottsoffer-*.pth; do
    echo ../../../../src > "$path"
done
echo "$wanted" > .venv/.miljo
