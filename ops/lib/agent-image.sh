# The agent as an image that docker load takes, made without an engine and without a registry: the agent's tree, and of
# this machine the programs that it runs, with their libraries. Part of ops/agent-package.
# shellcheck shell=bash

readonly agent_image=argosy/agent
# what the agent and its start run: coreutils and tar for disk use, checkpoints and image volumes
readonly image_tools="sh readlink cp rm rmdir tar du nice timeout mount umount losetup nsenter ip nft iptables conntrack mkfs.ext4 e2fsck resize2fs"

# with_program PROGRAM TREE: the program and the libraries that it is linked with
with_program() {
  local path library
  path=$(PATH=$PATH:/usr/sbin:/sbin command -v "$1") ||
    fail $E_PACKAGES "$1 is missing, which the image needs" "apt-get install nftables iptables iproute2 conntrack mount util-linux e2fsprogs tar"
  cp -L "$path" "$2$path"
  with_libraries "$path" "$2"
}

with_libraries() {
  local library
  for library in $(ldd "$1" 2>/dev/null | grep -oE '/[^ ]+' | sort -u); do
    [ "${library#"$2"}" = "$library" ] || continue
    [ -e "$2$library" ] || { mkdir -p "$2$(dirname "$library")" && cp -L "$library" "$2$library"; }
  done
}

make_image_tree() { # TREE
  local folder program
  mkdir -p "$1"/usr/{bin,sbin,lib,lib64} "$1"/{etc,proc,sys,dev,run,tmp,var/lib/argosy-agent}
  for folder in bin sbin lib lib64; do ln -s usr/$folder "$1/$folder"; done
  cp -a "$tree/usr/lib/argosy-agent" "$1/usr/lib/"
  ln -s ../lib/argosy-agent/argosy-agent "$1/usr/bin/argosy-agent"
  cp "$here/agent/in-container" "$1/usr/lib/argosy-agent/"
  chmod 755 "$1/usr/lib/argosy-agent/in-container"
  for program in $image_tools; do with_program "$program" "$1"; done
  for program in "$1"/usr/lib/argosy-agent/java/{bin/java,lib/*.so,lib/server/libjvm.so}; do with_libraries "$program" "$1"; done
  # iptables loads its matches and targets by name
  folder=$(echo /usr/lib/*/xtables)
  [ ! -d "$folder" ] || { mkdir -p "$1$(dirname "$folder")" && cp -rL "$folder" "$1$folder"; }
  echo 'root:x:0:0:root:/root:/bin/sh' >"$1/etc/passwd"
  echo 'root:x:0:' >"$1/etc/group"
  chmod 1777 "$1/tmp"
}

make_image() {
  local work=$out/work layer=$out/layer digest file=$out/argosy-agent_${version}_$architecture.image.tar.gz
  rm -rf "$work" "$layer"
  mkdir -p "$work" "$layer"
  make_image_tree "$work"
  plain_tar -C "$work" -c . >"$layer/layer.tar"
  digest=$(sha256sum "$layer/layer.tar" | cut -d' ' -f1)
  jq -n --arg architecture "$architecture" --arg layer "sha256:$digest" --arg created "$(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ)" '{
    architecture: $architecture, os: "linux", created: $created, rootfs: {type: "layers", diff_ids: [$layer]},
    config: {Entrypoint: ["/usr/lib/argosy-agent/in-container"], Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"]}}' \
    >"$layer/config.json"
  jq -n --arg tag "$agent_image:$version" '[{Config: "config.json", RepoTags: [$tag], Layers: ["layer.tar"]}]' >"$layer/manifest.json"
  plain_tar -C "$layer" -c config.json layer.tar manifest.json | gzip -n >"$file"
  rm -rf "$work" "$layer"
  made "$file"
}
