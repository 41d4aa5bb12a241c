# A node whose engine is containerd (--runtime containerd): the one that is named, else one started here.
# shellcheck shell=bash

on_containerd() { [ "$runtime" = containerd ]; }

ctr_cli() { as_root env PATH="$PATH:/usr/sbin:/sbin" ctr --address "$containerd_socket" --connect-timeout 5s --namespace k8s.io "$@"; }

containerd_answers() { [ -S "$containerd_socket" ] && ctr_cli version; }

own_containerd() { [ "$containerd_socket" = "$run/containerd.sock" ]; }

check_containerd() {
  own_containerd || containerd_answers >/dev/null 2>&1 ||
    fail $E_ENGINE "no containerd answers at $containerd_socket" "start it, or leave out --containerd-socket"
}

# Pods' networks are the agent's: it writes the configuration and the program into these folders of CNI.
containerd_settings() {
  cat <<SETTINGS
version = 2
root = "$data/data/containerd"
state = "$run/containerd"
[grpc]
address = "$containerd_socket"
[ttrpc]
address = "$containerd_socket.ttrpc"
[plugins."io.containerd.internal.v1.opt"]
path = "$data/data/containerd/opt"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "docker.io/argosy/pause:1"
restrict_oom_score_adj = true
netns_mounts_under_state_dir = true
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".cni]
conf_dir = "$data/data/containerd/cni/net.d"
bin_dir = "$data/data/containerd/cni/bin"
SETTINGS
}

start_containerd() {
  containerd_answers >/dev/null 2>&1 && return
  local began
  began=$(date +%s%N)
  as_root mkdir -p "$data/data/containerd/cni/net.d"
  containerd_settings >"$run/containerd.toml"
  PATH=$PATH:/usr/sbin:/sbin launch_as_root containerd containerd --config "$run/containerd.toml"
  wait_until 60 containerd containerd_answers || {
    last_lines "$logs/containerd.log"
    fail $E_ENGINE "containerd did not start" "see $logs/containerd.log; or start without a node: ops/up --no-node"
  }
  say "containerd ready ($(seconds_since "$began") s)"
}

# import_image NAME TREE: an image of one layer, with the configuration on stdin, in the form of docker save.
import_image() {
  local work
  work=$(mktemp -d)
  tar -C "$2" --owner=0 --group=0 --numeric-owner -cf "$work/layer.tar" .
  jq --arg digest "sha256:$(sha256sum <"$work/layer.tar" | cut -d' ' -f1)" --arg architecture "$(dpkg --print-architecture)" \
    '{architecture: $architecture, os: "linux", config: ., rootfs: {type: "layers", diff_ids: [$digest]}}' >"$work/config.json"
  jq -n --arg name "docker.io/$1" '[{Config: "config.json", RepoTags: [$name], Layers: ["layer.tar"]}]' >"$work/manifest.json"
  tar -C "$work" -c manifest.json config.json layer.tar | ctr_cli images import - >/dev/null ||
    fail $E_ENGINE "containerd refused the image $1" "is the disk full? see $logs/containerd.log"
  rm -rf "$work"
}

# What one of ours leaves mounted when it has been stopped: nothing may be deleted through a mount.
unmount_containerd() {
  local mount
  for mount in $(awk -v a="$run/containerd/" -v b="$data/data/containerd/" \
    'index($2, a) == 1 || index($2, b) == 1 {print $2}' /proc/mounts | sort -r); do
    as_root umount -l "$mount" || true
  done
}
