# The node agent on this machine. It joins with a token that is made here as a Secret of the platform.
# shellcheck shell=bash

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
  own_pid node >/dev/null && return
  local began token
  began=$(date +%s%N)
  token=$(join_token) || exit $?
  deploy_agent
  as_root mkdir -p "$data/data/node"
  ARGOSY_TOKEN=$token launch_as_root node env PATH="$PATH:/usr/sbin:/sbin" \
    "$JAVA_HOME/bin/java" -Xmx96m -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:TieredStopAtLevel=1 \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -jar "$data/data/agent/agent.jar" --server "$(api_url)" --ca "$pki/ca.crt" --node "$node_name" --data "$data/data/node" \
    --docker "unix://$docker_socket"
  wait_until 60 node node_ready || {
    last_lines "$logs/node.log"
    fail $E_NODE "the node $node_name did not become ready" "see $logs/node.log"
  }
  say "node $node_name ready ($(seconds_since "$began") s)"
}
