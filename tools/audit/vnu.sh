#!/bin/sh
# Runs the Nu HTML Checker on the files given. Fetches its pinned package with npm the first time
# and checks it against the digest below. Needs Java and npm.
set -eu
cd "$(dirname "$0")/../.."
# Java reads the names of files in the locale.
export LC_ALL=C.UTF-8
version=26.9.27
sha512=4e441de4315f39a582f5e6edbe8cd3b2b1f655aa1dde3620faface791133217c417b12f3f7ead2d8336d8e7efe44f5226618258b44a0860057e9125135e6b428
folder=.build/verktyg
jar=$folder/vnu-$version.jar

if [ ! -f "$jar" ]; then
    for tool in java npm; do
        command -v $tool >/dev/null || { echo "Stopp: $tool saknas; HTML-kontrollen behöver det." >&2; exit 1; }
    done
    mkdir -p "$folder"
    work=$(mktemp -d "$folder/vnu.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    (cd "$work" && npm pack --silent "vnu-jar@$version" >/dev/null)
    echo "$sha512  $work/vnu-jar-$version.tgz" | sha512sum --check --quiet >&2
    tar -xzf "$work/vnu-jar-$version.tgz" -C "$work" package/build/dist/vnu.jar
    mv "$work/package/build/dist/vnu.jar" "$jar"
    rm -rf "$work"  # below is exec: the trap does not run
fi
exec java -Xmx1g -jar "$jar" "$@"
