#!/bin/sh
# Makes .venv hold exactly what requirements.lock says. Does nothing if it already does.
# Works on a fresh Debian with Python >= 3.11: as root it installs the missing venv package,
# otherwise it says which command to run.
set -eu
cd "$(dirname "$0")/.."

wanted=$(cat requirements.lock pyproject.toml tools/environment.sh | sha256sum | cut -d' ' -f1)
if [ -x .venv/bin/python ] && [ "$(cat .venv/.miljo 2>/dev/null)" = "$wanted" ]; then
    exit 0
fi

python=${PYTHON:-}
if [ -z "$python" ]; then
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            python=$candidate
            break
        fi
    done
fi
if [ -z "$python" ]; then
    echo "Stopp: Python 3.11 eller senare behövs. Kör: apt-get install python3" >&2
    exit 1
fi

echo "Skapar Python-miljön i .venv (en gång, ungefär en minut) …"
rm -rf .venv
if ! "$python" -m venv .venv >/dev/null 2>&1; then
    rm -rf .venv
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installerar $package …"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null
        "$python" -m venv .venv
    else
        echo "Stopp: Pythons venv saknas. Kör som root: apt-get install $package" >&2
        exit 1
    fi
fi

# uv installs in seconds and comes from the same lock; pip alone does it too, more slowly.
uv_lock=$(mktemp)
trap 'rm -f "$uv_lock"' EXIT
awk '/^[a-z]/ { keep = /^uv==/ } keep' requirements.lock > "$uv_lock"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$uv_lock"
echo "Installerar $(grep -c == requirements.lock) paket ur requirements.lock …"
if ! .venv/bin/uv pip install --quiet --python .venv/bin/python --compile-bytecode --require-hashes \
        -r requirements.lock; then
    echo "uv kom inte fram; försöker med pip …"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
        -r requirements.lock
fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-index \
    --no-build-isolation --no-deps --editable .
echo "$wanted" > .venv/.miljo
