#!/usr/bin/env bash
# Sees to the programs that tests/interop runs against: installs Debian's packages when it may, and fails when one is absent.
# With names of programs (install.sh smtp-sink) sees to those alone.
set -euo pipefail

# program:package
needed=(
  chromium:chromium dovecot:dovecot-imapd gpg:gnupg gzip:gzip initdb:postgresql openssl:openssl postfix:postfix
  runuser:util-linux smtp-sink:postfix sqlite3:sqlite3 zip:zip zstd:zstd
)
if [ $# -gt 0 ]; then
  asked=()
  for pair in "${needed[@]}"; do
    for name in "$@"; do
      if [ "${pair%%:*}" = "$name" ]; then asked+=("$pair"); fi
    done
  done
  [ ${#asked[@]} -eq $# ] || { echo "not all of these are programs that are needed: $*" >&2; exit 1; }
  needed=("${asked[@]}")
fi

# Debian keeps the programs of a PostgreSQL server out of the usual path.
for folder in /usr/lib/postgresql/*/bin; do
  PATH="$PATH:$folder"
done

packages=()
for pair in "${needed[@]}"; do
  command -v "${pair%%:*}" >/dev/null || packages+=("${pair##*:}")
done
[ ${#packages[@]} -eq 0 ] && exit 0

may=()
if [ "$(id -u)" -ne 0 ]; then
  may=(sudo -n)
fi
if command -v apt-get >/dev/null && { [ ${#may[@]} -eq 0 ] || sudo -n true 2>/dev/null; }; then
  echo "installing ${packages[*]}"
  "${may[@]}" apt-get update -qq
  "${may[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "${packages[@]}" >/dev/null
fi

for folder in /usr/lib/postgresql/*/bin; do
  PATH="$PATH:$folder"
done
absent=()
for pair in "${needed[@]}"; do
  command -v "${pair%%:*}" >/dev/null || absent+=("${pair%%:*} (package ${pair##*:})")
done
if [ ${#absent[@]} -gt 0 ]; then
  printf 'not here: %s\n' "${absent[@]}" >&2
  echo "  → install these packages as root, then run this again" >&2
  exit 1
fi
