# --status, --stop and --reset.
# shellcheck shell=bash

readonly components="node server keycloak etcd postgres dockerd containerd"

status() {
  local name pid up=0
  for name in $components; do
    if pid=$(own_pid "$name"); then
      printf '%-10s running  pid %-8s log %s\n' "$name" "$pid" "$logs/$name.log"
      up=$((up + 1))
    elif [ -e "$run/$name.pid" ]; then
      printf '%-10s ended    log %s\n' "$name" "$logs/$name.log"
    else
      printf '%-10s not started here\n' "$name"
    fi
  done
  own_pid server >/dev/null || return 3
  echo
  addresses
}

addresses() {
  cat <<TEXT
Console     https://$host:$console_port   users platform-admin, acme-dev, globex-dev; $(passwords_place)
API         $(api_url)
Identity    $(issuer)
kubectl     export KUBECONFIG=$kubeconfigs/admin.yaml    # the platform itself
            export KUBECONFIG=$kubeconfigs/acme.yaml     # tenant acme, as acme-dev
            export KUBECONFIG=$kubeconfigs/globex.yaml   # tenant globex, as globex-dev
TEXT
}

passwords_place() {
  if external_identity; then
    echo "of your provider; for kubectl write 'USER PASSWORD' lines into $passwords"
  else
    echo "passwords in $passwords"
  fi
}

# The engine stays up with --stop only when it was there before; tenants' containers outlive our dockerd
# (--live-restore).
stop_all() {
  stop_process node TERM 15
  stop_process server TERM 30
  stop_process keycloak TERM 60
  stop_process etcd TERM 15
  stop_process postgres INT 30
  stop_process dockerd TERM 30
  stop_process containerd TERM 30
}

confirm_reset() {
  [ "${yes_to_all:-no}" = yes ] && return
  [ -t 0 ] || fail $E_USAGE "--reset deletes everything in $data" "confirm with --reset --yes"
  read -r -p "Delete all of Argosy's state in $data? [y/N] " answer
  [ "$answer" = y ] || fail $E_USAGE "nothing was deleted" "answer y to delete"
}

remove_state() {
  local entry
  unmount_containerd
  for entry in data run secrets pki kubeconfig passwords logs; do
    as_root rm -rf "${data:?}/$entry"
  done
}
