#!/bin/sh
# program.sh NAME [--leta]: prints the path of a program that is no Python package: chromium (PDFs
# and browser tests), libreoffice (test of the plans) or nginx (test of the server example). A path
# in CHROMIUM, SOFFICE or NGINX goes first. As root on Debian what is missing is installed; with
# --leta it is only looked for, and nothing is printed if there is none.
set -eu
name=$1
case "$name" in
    chromium) candidates="${CHROMIUM:-} chromium chromium-browser google-chrome"
              packages="chromium fonts-dejavu-core" ;;
    libreoffice) candidates="${SOFFICE:-} soffice libreoffice"
                 packages=libreoffice-calc-nogui ;;
    nginx) candidates="${NGINX:-} nginx /usr/sbin/nginx"
           packages=nginx-light ;;
    *) echo "Stopp: okänt program: $name. Välj chromium, libreoffice eller nginx." >&2; exit 2 ;;
esac

find_program() {
    for candidate in $candidates; do
        if command -v "$candidate"; then
            return 0
        fi
    done
    return 1
}

if find_program || [ "${2:-}" = --leta ]; then
    exit 0
fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Stopp: $name saknas. Kör som root: apt-get install $packages" >&2
    exit 1
fi
echo "Installerar $packages för byggets tester …" >&2
apt-get update -qq >&2
# Runlevel 1: a server that is installed must not start by itself.
# shellcheck disable=SC2086  # several packages
RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >&2
find_program
