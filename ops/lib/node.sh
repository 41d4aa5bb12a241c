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

readonly agent_package=$root/node-agent/target/package/tree/usr/lib/argosy-agent

# Whether ops/agent-package has made its tree of this very build: it has an archive of the classes and starts sooner.
packaged() {
  [ -x "$agent_package/argosy-agent" ] &&
    cmp -s "$root"/node-agent/target/argosy-node-agent-*.jar "$agent_package/agent.jar" &&
    diff -rq "$agent_libraries" "$agent_package/lib" >/dev/null
}

# The program as a copy in this data folder: a later build does not change what runs. Sets agent_program.
deploy_agent() {
  local program=$data/data/agent
  rm -rf "$program"
  if packaged; then
    cp -a "$agent_package" "$program"
    agent_program=("$program/argosy-agent")
    return
  fi
  mkdir -p "$program"
  cp -r "$agent_libraries" "$program/lib"
  cp "$root"/node-agent/target/argosy-node-agent-*.jar "$program/agent.jar"
  cp "$root/ops/agent/java.options" "$program/"
  agent_program=("$JAVA_HOME/bin/java" "@$program/java.options" -jar "$program/agent.jar")
}

start_node() {
  [ "$with_node" = yes ] || return 0
  local program=("$root"/node-agent/target/argosy-node-agent-*.jar "$agent_libraries"/*) agent_program=()
  if own_pid node >/dev/null; then
    if still_built node "${program[@]}"; then return; fi
    say "the node agent that runs is of another build: starting it anew; its pods go on"
    stop_process node TERM 15
  fi
  local began token
  began=$(date +%s%N)
  token=$(join_token) || exit $?
  local engine=(--docker "unix://$docker_socket") socket=$docker_socket
  if on_containerd; then
    engine=(--runtime-endpoint "unix://$containerd_socket") socket=$containerd_socket
  fi
  printf '%s\n' "$node_name" "$socket" "$runtime" >"$data/node" # what --reset clears away
  deploy_agent
  remember_build node "${program[@]}"
  as_root mkdir -p "$data/data/node"
  # images were made here, and no registry has them; the machine has other work besides
  ARGOSY_TOKEN=$token launch_as_root node env PATH="$PATH:/usr/sbin:/sbin" MALLOC_ARENA_MAX=2 ARGOSY_IMAGE_GC_HIGH_THRESHOLD=100 \
    "${agent_program[@]}" --server "$(api_url)" --ca "$pki/ca.crt" --node "$node_name" --data "$data/data/node" \
    "${engine[@]}" --fail-swap-on=false --eviction-hard "${ARGOSY_EVICTION_HARD:-$try_out}"
  wait_until 60 node node_ready || {
    last_lines "$logs/node.log"
    fail $E_NODE "the node $node_name did not become ready" "see $logs/node.log"
  }
  say "node $node_name ready ($(seconds_since "$began") s)"
}

# The node's containers, links, routes and rules; nothing if this data folder never had a node.
remove_node() {
  [ -s "$data/node" ] || return 0
  local socket
  { read -r node_name && read -r socket && { read -r runtime || runtime=docker; }; } <"$data/node"
  if on_containerd; then containerd_socket=$socket; else docker_socket=$socket; fi
  (start_engine) || true
  as_root sh "$root/ops/agent/clear-node" "$node_name" "$socket" "$data/data/node"
  rm -f "$data/node"
}

node_containers() {
  if on_containerd; then
    ctr_cli containers ls -q "labels.\"argosy.dev/agent\"==$node_name"
  else
    engine_cli ps -aq --filter "label=argosy.dev/agent=$node_name"
  fi
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
