# Processes that this data folder owns. A pid file holds "PID START", START being the kernel's start
# time of that process, so that a number which the kernel gave to somebody else is never signalled.
# shellcheck shell=bash

# The token of a node passes in the environment, where nobody else on the machine sees it.
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo --preserve-env=ARGOSY_TOKEN "$@"; fi; }

start_time() { # PID -> field 22 of its stat line; the command name before it may hold anything
  local line
  line=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  line=${line##*) }
  set -- $line
  [ "$1" != Z ] || return 1
  echo "${20}"
}

own_pid() { # NAME -> its pid, if it runs and is ours
  local pid born
  [ -s "$run/$1.pid" ] || return 1
  read -r pid born <"$run/$1.pid" || return 1
  [ "$(start_time "$pid")" = "$born" ] && echo "$pid"
}

# launch NAME COMMAND…: in a session of its own, output to logs/NAME.log.
launch() { launch_with "" "$@"; }
launch_as_root() { launch_with as_root "$@"; }

launch_with() {
  local how=$1 name=$2
  shift 2
  # shellcheck disable=SC2016
  $how setsid bash -c 'line=$(cat /proc/$$/stat); set -- "$1" "${line##*) }" "${@:2}"; fields=($2)
    echo "$$ ${fields[19]}" >"$1"; shift 2; exec "$@"' \
    argosy "$run/$name.pid" "$@" >>"$logs/$name.log" 2>&1 </dev/null 9>&- &
  local tries=0
  until own_pid "$name" >/dev/null || [ $((tries += 1)) -gt 100 ]; do sleep 0.02; done
}

# wait_until SECONDS NAME CONDITION…: false when time is up, or when the process NAME ended meanwhile.
wait_until() {
  local deadline=$(($(date +%s) + $1)) name=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$(date +%s)" -lt "$deadline" ] || return 1
    [ "$name" = - ] || own_pid "$name" >/dev/null || return 1
    sleep 0.3
  done
}

# stop_process NAME [SIGNAL] [SECONDS]: asks, waits, then kills.
stop_process() {
  local name=$1 signal=${2:-TERM} seconds=${3:-30} pid
  if pid=$(own_pid "$name"); then
    as_root kill "-$signal" "$pid"
    if ! wait_until "$seconds" - gone "$name"; then
      say "$name did not end within $seconds s: killed"
      kill_with_children "$name" "$pid"
    fi
    say "$name stopped"
  fi
  rm -f "$run/$name.pid"
}

# For what is to be deleted anyway: Keycloak would write its start-up cache first, which takes a minute.
stop_at_once() {
  local pid
  if pid=$(own_pid "$1"); then
    kill_with_children "$1" "$pid"
    say "$1 stopped"
  fi
  rm -f "$run/$1.pid"
}

# Each leads a group of its own; kc.sh, for one, has the JVM as its child.
kill_with_children() {
  as_root kill -KILL -- "-$2"
  wait_until 5 - gone "$1"
}

gone() { ! own_pid "$1" >/dev/null; }

# together FUNCTION…: runs all at once; ends with the first failure's code after all have ended.
together() {
  local jobs=() code=0 job
  for part in "$@"; do
    ($part) &
    jobs+=($!)
  done
  for job in "${jobs[@]}"; do
    wait "$job" || { local this=$?; [ $code != 0 ] || code=$this; }
  done
  [ $code = 0 ] || exit $code
}
