#!/bin/sh
# bare_machine.sh [--bara-make] [SUITE]: tries README's commands on a bare Debian and reports. Run as root
# on a Debian with debootstrap; SUITE is this machine's own unless named.
#
# A root is made in a scratch folder with what README's lines of apt-get install name. In it a user who
# is not root clones the current commit and runs `make` and, without --bara-make, `make test` (ARGS of the
# environment goes to pytest), in a hard place: a path with å and spaces, LC_ALL=C, umask 077,
# core.autocrlf, Ctrl+C ignored. The mirror is the one apt has here; pip's and npm's settings for the
# whole machine, certificates, and what the environment says of pip, uv, npm, proxies and certificates
# are passed on.
set -eu
stop() { echo "Stopp: $*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || stop "kör som root: det behövs för en egen rot."
command -v debootstrap >/dev/null || stop "debootstrap saknas. Kör: apt-get install debootstrap"
# What is mounted below is seen here only, and is gone when this ends.
[ -n "${AVSKILT:-}" ] || AVSKILT=1 exec unshare --mount "$0" "$@"

tests=ja
[ "${1:-}" != --bara-make ] || { tests=nej; shift; }
own=$(. /etc/os-release && echo "$VERSION_CODENAME")
suite=${1:-$own}
mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' |
    awk -v suite="$own" '$2 == suite { print $1; exit }')
[ -n "$mirror" ] || stop "apt har ingen källa för $own här."
project=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
root=$scratch/rot
trap 'umount "$root/proc" "$root/dev/shm" "$root/dev/pts" 2>/dev/null || true; rm -rf --one-file-system "$scratch"' EXIT

say() { echo "== $*"; }
started=$(date +%s)
commit=$(git -C "$project" rev-parse --short HEAD)
say "Debian $suite, commit $commit"
debootstrap --variant=minbase "$suite" "$root" "$mirror" > "$scratch/logg" 2>&1 ||
    { tail -20 "$scratch/logg" >&2; stop "debootstrap misslyckades."; }
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mkdir -p "$root/dev/pts"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"  # a terminal of its own for whoever asks
ln -sf pts/ptmx "$root/dev/ptmx"
apt-config dump Acquire > "$root/etc/apt/apt.conf.d/90anroparen"

settings() {  # after every installation, which may write certificates of its own
    for path in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/xdg/pip /etc/uv /etc/npmrc \
            /etc/ssl/certs /usr/local/share/ca-certificates; do
        [ -e "$path" ] || continue
        mkdir -p "$root$(dirname "$path")"
        cp -rLT "$path" "$root$path" 2>/dev/null || true  # a certificate may be a broken link
    done
}
export -p | grep -E '^export (PIP_|UV_|NPM_CONFIG_|npm_config_|NODE_EXTRA_CA|[A-Z]*_CA_BUNDLE|SSL_CERT_|GIT_SSL_|[A-Za-z]+_(proxy|PROXY)=)' \
    > "$root/etc/anroparen" || true

inside() {  # inside USER COMMAND: in the bare root, with the caller's settings and nothing else of it
    user=$1
    shift
    chroot --userspec="$user" "$root" env -i PATH=/usr/local/bin:/usr/bin:/bin${SBIN:-} HOME="/home/$user" \
        sh -c ". /etc/anroparen; $*"
}
packages() {  # packages FIRST|LAST: what README says that root installs
    sed -n 's/^apt-get install \([^#]*\).*/\1/p' "$project/README.md" | sed -n "$1p"
}
install() {
    say "root: apt-get install $*"
    SBIN=:/usr/sbin:/sbin inside root "export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
        apt-get update && apt-get install --yes $*" > "$scratch/logg" 2>&1 ||
        { tail -20 "$scratch/logg" >&2; stop "apt-get misslyckades."; }
    settings
}
settings
install "$(packages 1)"
[ "$tests" = nej ] || install "$(packages '$')"
chroot "$root" /usr/sbin/useradd --create-home --shell /bin/sh provare
git clone --quiet --bare "$project" "$root/srv/projektet.git"

place="Öppna jämförelser på prov"
provare() {  # provare COMMAND: as a user who is not root, in the clone
    inside provare "trap '' INT; umask 077; export LC_ALL=C; cd \"\$HOME/$place\" && $*"
}
ends() { say "$1: kod $2 efter $(($(date +%s) - started)) s"; [ "$2" = 0 ] || exit "$2"; }
inside provare "umask 077; git config --global core.autocrlf true; git config --global safe.directory '*'
    git clone --quiet /srv/projektet.git \"\$HOME/$place\""
say "$(inside provare python3 --version), $(du -sm --one-file-system "$root" | cut -f1) MB före make"

started=$(date +%s) code=0
say "provare: make"
provare make || code=$?
ends make "$code"
code=0
provare "test -z \"\$(git status --porcelain)\" || { git status --short; false; }" || code=$?
ends "data/clean som i $commit, med core.autocrlf=true" "$code"
code=0
provare "! find site data/clean ! -perm 644 -type f -o ! -perm 755 -type d | grep ." || code=$?
ends "site/ och data/clean kan läsas av alla, trots umask 077" "$code"
provare ".venv/bin/ojbrottsoffer kontrollera > /dev/null" || code=$?
ends "LC_ALL=C .venv/bin/ojbrottsoffer kontrollera" "$code"
for version in 3.11 3.12 3.13; do
    provare ".venv/bin/uv pip install --quiet --dry-run --target lock --python-version $version \
        --require-hashes -r requirements.lock" || code=$?
    ends "requirements.lock går att installera med Python $version" "$code"
done
say "site/: $(provare 'find site -type f | LC_ALL=C sort | xargs -d "\n" sha256sum | sha256sum' | cut -c1-16), " \
    "$(provare 'find site -type f | wc -l') filer"
[ "$tests" = ja ] || exit 0

started=$(date +%s) code=0
say "provare: make test"
provare "make test ARGS='${ARGS:-}'" || code=$?
ends "make test" "$code"
