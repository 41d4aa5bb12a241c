# The node agent on this machine. It joins with a token that is made here as a Secret of the platform.
# shellcheck shell=bash

readonly try_out='memory.available<100Mi,nodefs.available<5%,nodefs.inodesFree<5%,imagefs.available<5%,imagefs.inodesFree<5%'
readonly token_secrets=/clusters/root/api/v1/namespaces/kube-system/secrets

# join_token -> ID.SECRET, made on first use and known to the platform
join_token() {
  local file=$secrets/join-token id code
  [ -s "$file" ] || (umask 077 && printf '%s.%s' "$(openssl rand -hex 3)" "$(openssl rand -hex 8)" >"$file.new" && mv "$file.new" "$file")
  id=$(cut -d. -f1 "$file") code=$(cut -d. -f2 "$file")
  create "$token_secrets" "$(jq -n --arg id "$id" --arg code "$code" '{apiVersion: "v1", kind: "Secret",
    metadata: {name: ("bootstrap-token-" + $id)}, type: "bootstrap.kubernetes.io/token",
    stringData: {"token-id": $id, "token-secret": $code, "usage-bootstrap-authentication": "true"}}')"
  cat "$file"
}

node_ready() {
  as_admin GET "/clusters/root/api/v1/nodes/$node_name" |
    jq -e '.status.conditions[]? | select(.type == "Ready" and .status == "True")'
}

# The program as a copy in this data folder: a later build does not change what runs.
deploy_agent() {
  local program=$data/data/agent
  rm -rf "$program"
  mkdir -p "$program"
  cp -r "$agent_libraries" "$program/lib"
  cp "$root"/node-agent/target/argosy-node-agent-*.jar "$program/agent.jar"
}

start_node() {
  [ "$with_node" = yes ] || return 0
  local program=("$root"/node-agent/target/argosy-node-agent-*.jar "$agent_libraries"/*)
  if own_pid node >/dev/null; then
    if still_built node "${program[@]}"; then return; fi
    say "the node agent that runs is of another build: starting it anew; its pods go on"
    stop_process node TERM 15
  fi
  local began token
  began=$(date +%s%N)
  token=$(join_token) || exit $?
  printf '%s\n%s\n' "$node_name" "$docker_socket" >"$data/node" # what --reset clears away
  deploy_agent
  remember_build node "${program[@]}"
  as_root mkdir -p "$data/data/node"
  # images were made here, and no registry has them
  ARGOSY_TOKEN=$token launch_as_root node env PATH="$PATH:/usr/sbin:/sbin" ARGOSY_IMAGE_GC_HIGH_THRESHOLD=100 \
    "$JAVA_HOME/bin/java" -Xmx96m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:TieredStopAtLevel=1 \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -jar "$data/data/agent/agent.jar" --server "$(api_url)" --ca "$pki/ca.crt" --node "$node_name" --data "$data/data/node" \
    --docker "unix://$docker_socket" \
    --fail-swap-on=false --eviction-hard "${ARGOSY_EVICTION_HARD:-$try_out}" # it has other work besides
  wait_until 60 node node_ready || {
    last_lines "$logs/node.log"
    fail $E_NODE "the node $node_name did not become ready" "see $logs/node.log"
  }
  say "node $node_name ready ($(seconds_since "$began") s)"
}

# The node's containers, links, routes and rules; nothing if this data folder never had a node.
remove_node() {
  [ -s "$data/node" ] || return 0
  { read -r node_name && read -r docker_socket; } <"$data/node"
  if (start_engine) && engine_answers >/dev/null; then
    remove_containers
    remove_groups
  else
    say "no engine at $docker_socket: containers of node $node_name stay"
  fi
  remove_network
  unmount_volumes
  rm -f "$data/node"
}

node_containers() { engine_cli ps -aq --filter "label=argosy.dev/agent=$node_name"; }

remove_containers() {
  local containers
  containers=$(node_containers | tr '\n' ' ')
  [ -n "${containers// /}" ] || return 0
  # shellcheck disable=SC2086
  engine_cli rm --force --volumes $containers >/dev/null || true
  say "containers of node $node_name removed"
}

# Control groups of pods; those of other agents on this machine are in use, and stay.
remove_groups() {
  as_root find /sys/fs/cgroup -depth -type d -path '*/kubepods*' -exec rmdir {} + 2>/dev/null || true
}

# The agent's rules outlive it, so that pods go on while it restarts; so they are taken back here.
remove_network() {
  local table chain direction link
  for table in argosy_pods argosy_pods_host_ports argosy-services; do
    with_sbin nft delete table ip $table 2>/dev/null || true
  done
  for chain in DOCKER-USER FORWARD; do
    for direction in -s -d; do
      while with_sbin iptables -w -D $chain $direction 10.244.0.0/16 -j ACCEPT 2>/dev/null; do :; done
    done
  done
  for link in $(pod_links); do with_sbin ip link delete "$link" 2>/dev/null || true; done
  with_sbin ip route flush root 10.244.0.0/16 2>/dev/null || true
  with_sbin ip addr delete 169.254.20.10/32 dev lo 2>/dev/null || true
}

unmount_volumes() { # emptyDirs in memory
  local volume
  for volume in $(awk -v folder="$data/data/node/" 'index($2, folder) == 1 {print $2}' /proc/mounts); do
    with_sbin umount -l "$volume" || true
  done
}

pod_links() { with_sbin ip -o link show type veth | grep -oE '\bag[0-9a-f]{12}\b' | sort -u || true; }

# What a reset must not leave; a line each.
node_residue() {
  node_containers
  pod_links
  with_sbin nft list tables | grep argosy || true
  with_sbin iptables -S 2>/dev/null | grep -F 10.244.0.0/16 || true
}

with_sbin() { as_root env PATH="$PATH:/usr/sbin:/sbin" "$@"; }
