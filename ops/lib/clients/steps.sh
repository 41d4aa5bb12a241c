# Steps of real clients: each is a row, and its output a log.
# shellcheck shell=bash

steps=0 failed=0 processes=()

# step NAME COMMAND…: a row `ok` or `failed`. Later steps run all the same.
step() {
  local title=$1 log
  shift
  steps=$((steps + 1))
  log=$logs/$(printf '%02d' "$steps").log
  if "$@" >"$log" 2>&1; then
    say "ok      $title"
  else
    failed=$((failed + 1))
    say "failed  $title (see $log)"
  fi
}

# within SECONDS COMMAND…: until it succeeds
within() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 1
  done
}

in_background() { # LOG COMMAND…
  local log=$1
  shift
  "$@" >"$log" 2>&1 &
  processes+=("$!")
}

end_processes() {
  local one
  for one in ${processes[@]+"${processes[@]}"}; do kill "$one" 2>/dev/null || true; done
}
