#!/bin/sh
# Prints the path of a LibreOffice for the test of the plans; as root on Debian it installs one.
set -eu
for candidate in "${SOFFICE:-}" soffice libreoffice; do
    if [ -n "$candidate" ] && path=$(command -v "$candidate"); then
        echo "$path"
        exit 0
    fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installerar LibreOffice Calc för testet av handlingsplanerna …" >&2
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        libreoffice-calc-nogui >&2
    command -v soffice
else
    echo "Stopp: LibreOffice saknas. Kör som root: apt-get install libreoffice-calc-nogui" >&2
    exit 1
fi
