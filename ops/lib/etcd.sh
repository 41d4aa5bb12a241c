# etcd, one member on loopback. It does not compact by itself: the server does, at revisions that lose nothing.
# shellcheck shell=bash

start_etcd() {
  external_etcd && return
  own_pid etcd >/dev/null && return
  local began
  began=$(date +%s%N)
  launch etcd etcd --name argosy --data-dir "$data/data/etcd" \
    --listen-client-urls "http://127.0.0.1:$etcd_port" --advertise-client-urls "http://127.0.0.1:$etcd_port" \
    --listen-peer-urls "http://127.0.0.1:$etcd_peer_port" --initial-advertise-peer-urls "http://127.0.0.1:$etcd_peer_port" \
    --initial-cluster "argosy=http://127.0.0.1:$etcd_peer_port" \
    --quota-backend-bytes 8589934592 --logger zap
  wait_until 60 etcd etcd_ready || {
    last_lines "$logs/etcd.log"
    fail $E_ETCD "etcd did not start" "see $logs/etcd.log; free its ports or name others with --etcd-port, --etcd-peer-port"
  }
  say "etcd ready ($(seconds_since "$began") s)"
}

etcd_ready() { curl -sf --max-time 2 "http://127.0.0.1:$etcd_port/health"; }
