# What the user reads: progress with timings, and failures that name the remedy.
# shellcheck shell=bash

readonly started_at=$(date +%s%N)

# Exit codes; `ops/up --help` prints this table.
readonly E_USAGE=2 E_RIGHTS=10 E_JDK=11 E_DISK=12 E_PORT=13 E_ENGINE=14 E_PACKAGES=15 E_BUILD=16 \
  E_PKI=17 E_DATABASE=18 E_ETCD=19 E_IDENTITY=20 E_SERVER=21 E_NODE=22 E_TENANTS=23

seconds_since() {
  local millis=$((($(date +%s%N) - $1) / 1000000))
  printf '%d.%d' $((millis / 1000)) $((millis % 1000 / 100))
}

say() { printf '[%5ss] %s\n' "$(seconds_since "$started_at")" "$*"; }

# fail CODE WHAT REMEDY: ends this shell (or this background part).
fail() {
  printf '\nops: %s\n     Remedy: %s\n' "$2" "$3" >&2
  exit "$1"
}

# last_lines FILE: shown before a failure, so that nobody has to open the log first.
last_lines() {
  [ -s "$1" ] || return 0
  printf '\n--- the end of %s\n' "$1" >&2
  tail -n "${2:-15}" "$1" | cut -c1-300 >&2
}
