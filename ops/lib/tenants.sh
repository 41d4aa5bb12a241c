# The demo tenants acme and globex, one developer each, made through the API as the platform's administrator.
# shellcheck shell=bash

readonly tenancy=/clusters/root/apis/tenancy.argosy.dev/v1

as_admin() { # METHOD PATH [BODY] -> the answer; curl's exit code says whether one came
  curl -s --max-time 20 --cacert "$pki/ca.crt" --cert "$pki/platform-admin.crt" --key "$pki/platform-admin.key" \
    -X "$1" "$(api_url)$2" ${3:+-H 'Content-Type: application/json' --data-binary "$3"}
}

# create PATH OBJECT: there already is fine
create() {
  local answer
  answer=$(as_admin POST "$1" "$2") || fail $E_TENANTS "the API at $(api_url) does not answer" "see $logs/server.log"
  case $(jq -r '.kind + " " + (.reason // "")' <<<"$answer" 2>/dev/null) in
    "Status AlreadyExists") ;;
    "Status "* | "") fail $E_TENANTS "$1 was refused: $(jq -r '.message // .' <<<"$answer" 2>/dev/null || echo "$answer")" "see $logs/server.log" ;;
  esac
}

# A server whose database was away says 503 until it has found it again.
tenants_answer() { as_admin GET "$tenancy/tenants?limit=1" | jq -e '.kind == "TenantList"'; }

tenant_is_active() { [ "$(as_admin GET "$tenancy/tenants/$1" | jq -r .status.phase)" = Active ]; }

tenant() { # NAME DISPLAY-NAME [LEVEL]: what its pods may be at the most; the platform's setting says otherwise
  create "$tenancy/tenants" "$(jq -n --arg name "$1" --arg display "$2" --arg level "${3:-}" '{apiVersion: "tenancy.argosy.dev/v1", kind: "Tenant",
    metadata: {name: $name}, spec: ({displayName: $display, nodePools: ["default"]}
      + if $level == "" then {} else {podSecurity: {enforce: $level}} end)}')"
}

member() { # NAME TENANT USER ROLE
  create "$tenancy/members" "$(jq -n --arg name "$1" --arg tenant "$2" --arg user "$3" --arg role "$4" \
    '{apiVersion: "tenancy.argosy.dev/v1", kind: "Member", metadata: {name: $name},
      spec: {tenant: $tenant, subject: {kind: "User", name: $user}, role: $role}}')"
}

make_tenants() {
  local name began
  began=$(date +%s%N)
  wait_until 60 server tenants_answer || fail $E_TENANTS "the API at $(api_url) does not answer about tenants" "see $logs/server.log"
  tenant acme "Acme Inc."
  tenant globex "Globex Corporation"
  member acme-dev acme acme-dev admin
  member globex-dev globex globex-dev admin
  member acme-automation acme service-account-argosy-automation member
  for name in acme globex; do
    wait_until 60 server tenant_is_active $name ||
      fail $E_TENANTS "tenant $name did not become active" "see $logs/server.log"
  done
  say "tenants acme and globex ready ($(seconds_since "$began") s)"
}
