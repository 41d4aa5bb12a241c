# The server: Open Liberty with our EAR, its settings in secrets/server.properties.
# shellcheck shell=bash

server_settings() {
  cat <<SETTINGS
argosy.api.host=0.0.0.0
argosy.api.port=$api_port
argosy.api.url=$(api_url)
argosy.api.tls.certificate=$pki/apiserver.crt
argosy.api.tls.key=$pki/apiserver.key
argosy.api.tls.client-ca=$pki/ca.crt
argosy.pki.folder=$pki
argosy.database.url=${postgres_url:-jdbc:postgresql://127.0.0.1:$postgres_port/argosy}
argosy.database.user=${ARGOSY_POSTGRES_USER:-argosy}
argosy.database.password=${ARGOSY_POSTGRES_PASSWORD:-$(secret database)}
argosy.etcd.endpoints=${etcd_endpoints:-http://127.0.0.1:$etcd_port}
$(etcd_access)
argosy.encryption.keyring=$keyring
argosy.encryption.resources=${ARGOSY_ENCRYPTED_RESOURCES:-secrets}
argosy.oidc.issuer=$(issuer)
argosy.oidc.audience=argosy-api
argosy.oidc.organizations-claim=$(of_identity organization "${ARGOSY_OIDC_ORGANIZATIONS_CLAIM:-}")
argosy.oidc.trust-email=$(of_identity true "${ARGOSY_OIDC_TRUST_EMAIL:-false}")
$(provisioning)
argosy.console.url=https://$host:$console_port
argosy.console.client-id=argosy-console
argosy.console.client-secret=${ARGOSY_CONSOLE_CLIENT_SECRET:-$(secret console-client)}
argosy.audit.log=${ARGOSY_AUDIT_LOG:-}
SETTINGS
}

provisioning() { # of clients for programs, at our own provider or another Keycloak
  if external_identity; then
    [ -n "${ARGOSY_KEYCLOAK_URL:-}" ] || return 0
    cat <<SETTINGS
argosy.identity.keycloak.url=$ARGOSY_KEYCLOAK_URL
argosy.identity.keycloak.realm=${ARGOSY_KEYCLOAK_REALM:-argosy}
argosy.identity.keycloak.secret-file=${ARGOSY_KEYCLOAK_SECRET_FILE:-$secrets/provisioner-client}
SETTINGS
  else
    secret provisioner-client >/dev/null
    cat <<SETTINGS
argosy.identity.keycloak.url=http://localhost:$identity_port
argosy.identity.keycloak.secret-file=$secrets/provisioner-client
SETTINGS
  fi
}

etcd_access() { # what of ARGOSY_ETCD_CA, _CERTIFICATE, _KEY, _USER, _PASSWORD is set
  local part name
  external_etcd || return 0
  for part in ca certificate key user password; do
    name=ARGOSY_ETCD_${part^^}
    [ -z "${!name:-}" ] || echo "argosy.etcd.$part=${!name}"
  done
}

liberty_variables() { # read by Liberty as bootstrap properties
  cat <<SETTINGS
argosy.ear=$data/data/liberty/apps/argosy.ear
argosy.console.port=$console_port
argosy.console.keystore=$pki/console.p12
argosy.console.keystore.password=$(secret keystore)
SETTINGS
}

jvm_options() {
  cat <<OPTIONS
-Dargosy.config=$secrets/server.properties
-Xmx${ARGOSY_SERVER_HEAP:-1g}
-XX:+UseCompactObjectHeaders
--enable-native-access=ALL-UNNAMED
--sun-misc-unsafe-memory-access=allow
OPTIONS
}

# The archive as a folder of this data folder: a later build does not change what runs, and Liberty neither
# unpacks it nor keeps jars of an earlier build, which it tells apart by their (reproducible) dates only.
deploy() {
  local apps=$data/data/liberty/apps
  rm -rf "$apps"
  mkdir -p "$apps"
  cp -r "$exploded" "$apps/argosy.ear"
}

start_server() {
  if own_pid server >/dev/null; then
    if still_built server "$ear"; then return; fi
    say "the server that runs is of another build: starting it anew"
    stop_process server TERM 30
  fi
  local began folder=$data/data/liberty/servers/argosy
  began=$(date +%s%N)
  mkdir -p "$folder"
  (umask 077 && server_settings >"$secrets/server.properties" && liberty_variables >"$folder/bootstrap.properties")
  deploy
  remember_build server "$ear"
  jvm_options >"$folder/jvm.options"
  cp "$root/ops/liberty/server.xml" "$folder/server.xml"
  WLP_USER_DIR=$data/data/liberty LOG_DIR=$logs/liberty PID_DIR=$data/data/liberty \
    launch server "$parts/liberty/bin/server" run argosy
  wait_until 180 server server_ready || {
    last_lines "$logs/server.log" 30
    fail $E_SERVER "the server did not become ready" "see $logs/server.log"
  }
  say "server ready ($(seconds_since "$began") s)"
}

server_ready() { curl -skf --max-time 3 "https://127.0.0.1:$console_port/health/ready"; }
