#!/bin/sh
# Builds two clones of the current commit in different places and compares everything they make.
# Exit code 0: data/ and site/ are byte for byte the same. Wants the environment (make env).
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
[ -x "$root/.venv/bin/python" ] || { echo "Stopp: kör make env först." >&2; exit 1; }
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

for name in ett "tva/en mapp"; do
    git clone --quiet "$root" "$place/$name"
    echo "Bygger i $place/$name …"
    (
        cd "$place/$name"
        # The first is built as on a machine far away, and on another day by its clock's zone.
        [ "$name" = ett ] && export TZ=Pacific/Kiritimati LC_ALL=C PYTHONHASHSEED=1
        PYTHONPATH=$PWD/src:$PWD GX_ANALYTICS_ENABLED=false NO_MKDOCS_2_WARNING=1 \
            "$root/.venv/bin/python" -m ojbrottsoffer.cli.build > bygge.log 2>&1 || { cat bygge.log >&2; exit 1; }
    )
done

different=0
for part in data site; do
    diff -rq "$place/ett/$part" "$place/tva/en mapp/$part" || different=1
done
files=$(find "$place/ett/data" "$place/ett/site" -type f | wc -l)
[ "$different" = 0 ] || { echo "Byggena skiljer sig åt." >&2; exit 1; }
echo "$files filer i data/ och site/ är lika, byte för byte."
