# The node's container engine: the machine's own when it runs, else a dockerd started here.
# shellcheck shell=bash

systemd_runs() { [ -d /run/systemd/system ]; }

start_engine() {
  [ "$with_node" = yes ] || return 0
  engine_answers >/dev/null 2>&1 && return
  local began
  began=$(date +%s%N)
  if systemd_runs && systemctl cat docker.service >/dev/null 2>&1; then
    as_root systemctl start docker || true
    wait_until 30 - engine_answers && return
  fi
  PATH=$PATH:/usr/sbin:/sbin launch_as_root dockerd dockerd --live-restore --ip-masq=false --userland-proxy=false
  wait_until 60 dockerd engine_answers || {
    last_lines "$logs/dockerd.log"
    fail $E_ENGINE "dockerd did not start" "see $logs/dockerd.log; or start without a node: ops/up --no-node"
  }
  say "dockerd ready ($(seconds_since "$began") s)"
}
