#!/bin/sh
# Prints the path of a Chromium, for PDFs and for the browser tests; as root on Debian it installs
# one. With --leta it only looks, and prints nothing if there is none.
set -eu
for candidate in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    if [ -n "$candidate" ] && path=$(command -v "$candidate"); then
        echo "$path"
        exit 0
    fi
done
[ "${1:-}" = --leta ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installerar Chromium för webbläsartesterna …" >&2
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-dejavu-core >&2
    command -v chromium
else
    echo "Stopp: Chromium saknas. Kör som root: apt-get install chromium" >&2
    exit 1
fi
