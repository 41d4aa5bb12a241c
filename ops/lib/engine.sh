# The node's container engine: the machine's own when it runs, else a dockerd started here.
# shellcheck shell=bash

readonly engine_pid=/var/run/docker.pid

# One that is being stopped gives up its socket first and waits for containers then.
no_dockerd() { [ ! -s $engine_pid ] || [ "$(cat "/proc/$(cat $engine_pid)/comm" 2>/dev/null)" != dockerd ]; }

systemd_runs() { [ -d /run/systemd/system ]; }

start_engine() {
  [ "$with_node" = yes ] || return 0
  if on_containerd; then
    start_containerd
    return
  fi
  engine_answers >/dev/null 2>&1 && return
  local began
  began=$(date +%s%N)
  if systemd_runs && systemctl cat docker.service >/dev/null 2>&1; then
    as_root systemctl start docker || true
    wait_until 30 - engine_answers && return
  fi
  wait_until 30 - no_dockerd || fail $E_ENGINE "a dockerd runs (process $(cat $engine_pid)) that does not answer at $docker_socket" \
    "stop it, or name its socket with --docker-socket"
  PATH=$PATH:/usr/sbin:/sbin launch_as_root dockerd dockerd --live-restore --ip-masq=false --userland-proxy=false
  wait_until 60 dockerd engine_answers || {
    last_lines "$logs/dockerd.log"
    fail $E_ENGINE "dockerd did not start" "see $logs/dockerd.log; or start without a node: ops/up --no-node"
  }
  say "dockerd ready ($(seconds_since "$began") s)"
}
