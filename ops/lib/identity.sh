# Keycloak with the realm `argosy`, in a database of its own in the same PostgreSQL.
# shellcheck shell=bash

issuer() { echo "${oidc_issuer:-http://localhost:$identity_port/realms/argosy}"; }

of_identity() { # OWN OTHER -> what is set for our own provider, or for another
  if external_identity; then echo "$2"; else echo "$1"; fi
}

console_urls() { # JSON list of the addresses under which people may open the console
  printf 'https://%s:%s\n' localhost "$console_port" 127.0.0.1 "$console_port" "$host" "$console_port" |
    sort -u | jq -R . | jq -s .
}

make_realm() { # -> the import file, with secrets in it
  local folder=$data/data/keycloak/data/import
  mkdir -p "$folder"
  (umask 077 && jq \
    --argjson passwords "$(awk '{print $1 "\t" $2}' "$passwords" | jq -R 'split("\t") | {(.[0]): .[1]}' | jq -s add)" \
    --argjson urls "$(console_urls)" \
    --arg console "$(secret console-client)" --arg automation "$(secret automation-client)" \
    -f "$root/ops/keycloak/realm.jq" "$root/ops/keycloak/realm.json" >"$folder/argosy-realm.json") ||
    fail $E_IDENTITY "the realm file could not be made" "see the lines above; is ops/keycloak/realm.json valid JSON?"
}

# A home for this data folder: software by link, its state beside it.
make_keycloak_home() {
  local home=$data/data/keycloak part
  mkdir -p "$home/data"
  rm -rf "${home:?}/bin"
  cp -a "$parts/keycloak/bin" "$home/bin"
  for part in lib providers conf themes; do
    if [ -e "$parts/keycloak/$part" ]; then ln -sfn "$parts/keycloak/$part" "$home/$part"; fi
  done
}

start_identity() {
  external_identity && return
  own_pid keycloak >/dev/null && return
  local began home=$data/data/keycloak cache=$data/data/keycloak/aot.cache aot
  began=$(date +%s%N)
  make_keycloak_home
  make_realm
  aot=-XX:AOTCache=$cache
  [ -s "$cache" ] || aot=-XX:AOTCacheOutput=$cache # written when this first run is stopped
  JAVA_OPTS_APPEND="-XX:+UseSerialGC -XX:-UseG1GC $aot -Xlog:aot=off -Xlog:cds=off" \
    JAVA_OPTS_KC_HEAP="-Xms64m -Xmx384m" \
    KC_DB_URL="jdbc:postgresql://127.0.0.1:$postgres_port/keycloak" KC_DB_USERNAME=argosy KC_DB_PASSWORD=$(secret database) \
    KC_BOOTSTRAP_ADMIN_USERNAME=keycloak-admin KC_BOOTSTRAP_ADMIN_PASSWORD=$(password keycloak-admin) \
    launch keycloak "$home/bin/kc.sh" start --optimized --import-realm --http-enabled=true --http-host=127.0.0.1 \
    --http-port="$identity_port" --http-management-port="$identity_health_port" \
    --hostname="http://localhost:$identity_port" --cache=local --log-level=info,io.smallrye.health:error
  wait_until 180 keycloak identity_ready || {
    last_lines "$logs/keycloak.log"
    fail $E_IDENTITY "Keycloak did not become ready" "see $logs/keycloak.log"
  }
  rm -f "$home/data/import/argosy-realm.json" # it holds passwords and is in the database now
  say "Keycloak ready ($(seconds_since "$began") s)"
}

identity_ready() {
  curl -sf --max-time 2 "http://127.0.0.1:$identity_health_port/health/ready" &&
    curl -sf --max-time 2 "http://127.0.0.1:$identity_port/realms/argosy/.well-known/openid-configuration"
}
