#!/bin/sh
# Prints the path of an nginx that tries the example in deploy/; as root on Debian it installs one.
set -eu
for candidate in "${NGINX:-}" nginx /usr/sbin/nginx; do
    if [ -n "$candidate" ] && path=$(command -v "$candidate"); then
        echo "$path"
        exit 0
    fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installerar nginx för testet av serverexemplet …" >&2
    apt-get update -qq >&2
    # Runlevel 1: the package must not start a server of its own.
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        nginx-light >&2
    command -v nginx || echo /usr/sbin/nginx
else
    echo "Stopp: nginx saknas. Kör som root: apt-get install nginx-light" >&2
    exit 1
fi
