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

# The client as which the server makes clients for programs (docs/IDENTITY.md#service-clients): it manages clients of
# this realm and nothing else. Made by the administrator's hand, so that realms of earlier versions get it, too.
make_provisioner() {
  external_identity && return
  wait_until 180 keycloak identity_ready || no_provisioner "Keycloak is not ready" "see $logs/keycloak.log"
  wait_until 20 keycloak provisioner_judged || {
    say "Keycloak cannot say yet whether it knows argosy-provisioner; if service clients stay pending, run ops/up again"
    return 0
  }
  [ "$(provisioner_state)" = refused ] || return 0
  say "making the client argosy-provisioner in Keycloak's realm"
  local token id user manager role
  token=$(curl -sf --max-time 30 "http://127.0.0.1:$identity_port/realms/master/protocol/openid-connect/token" \
    -d grant_type=password -d client_id=admin-cli -d username=keycloak-admin \
    --data-urlencode "password@-" < <(printf %s "$(password keycloak-admin)") | jq -r .access_token) ||
    no_provisioner "Keycloak refuses its administrator" "was the password of keycloak-admin changed there? write it into $passwords"
  id=$(provisioner_id)
  if [ -n "$id" ]; then
    provisioner_client | keycloak_admin PUT "clients/$id"
  else
    provisioner_client | keycloak_admin POST clients
    id=$(provisioner_id)
  fi
  user=$(keycloak_admin GET "clients/$id/service-account-user" </dev/null | jq -r .id)
  manager=$(keycloak_admin GET "clients?clientId=realm-management" </dev/null | jq -r '.[0].id')
  role=$(keycloak_admin GET "clients/$manager/roles/manage-clients" </dev/null)
  jq -n --argjson role "$role" '[$role]' | keycloak_admin POST "users/$user/role-mappings/clients/$manager"
  provisioner_works || no_provisioner "its client argosy-provisioner cannot log in" "see $logs/keycloak.log"
}

no_provisioner() { fail $E_IDENTITY "no service clients can be made: $1" "$2"; }

# Whether it logs in and may look at clients: works, refused, or nothing while Keycloak cannot tell, as when its database
# has just come back.
provisioner_state() {
  local answer own code
  answer=$(curl -s --max-time 30 -w '\n%{http_code}' "http://127.0.0.1:$identity_port/realms/argosy/protocol/openid-connect/token" \
    -d grant_type=client_credentials -d client_id=argosy-provisioner \
    --data-urlencode "client_secret@-" < <(printf %s "$(secret provisioner-client)")) || return 0
  code=${answer##*$'\n'}
  if [ "$code" = 200 ]; then
    own=$(jq -r .access_token <<<"${answer%$'\n'*}")
    code=$(curl -s --max-time 30 -o /dev/null -w '%{http_code}' -H @<(echo "Authorization: Bearer $own") \
      "http://127.0.0.1:$identity_port/admin/realms/argosy/clients?clientId=argosy-provisioner") || return 0
  fi
  case $code in
    200) echo works ;;
    4??) echo refused ;;
  esac
}

provisioner_works() { [ "$(provisioner_state)" = works ]; }

provisioner_judged() { [ -n "$(provisioner_state)" ]; }

provisioner_client() {
  jq -n --rawfile secret "$secrets/provisioner-client" '{
    clientId: "argosy-provisioner", name: "Argosy provisioner", enabled: true, protocol: "openid-connect",
    secret: ($secret | rtrimstr("\n")), publicClient: false, serviceAccountsEnabled: true,
    standardFlowEnabled: false, implicitFlowEnabled: false, directAccessGrantsEnabled: false }'
}

provisioner_id() { keycloak_admin GET "clients?clientId=argosy-provisioner" </dev/null | jq -r '.[0].id // empty'; }

keycloak_admin() { # METHOD PATH, with $token; the body from stdin
  local body=()
  [ "$1" = GET ] || body=(-H 'Content-Type: application/json' --data-binary @-)
  curl -sf --max-time 30 -X "$1" -H @<(echo "Authorization: Bearer $token") "${body[@]}" "http://127.0.0.1:$identity_port/admin/realms/argosy/$2" ||
    no_provisioner "Keycloak refused $1 $2" "see $logs/keycloak.log"
}
