# Options, their defaults, and the folders that follow from them.
# shellcheck shell=bash

readonly root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

command_to_run=up
data=${ARGOSY_DATA:-$root/.argosy}
host=${ARGOSY_HOST:-localhost}
console_port=${ARGOSY_CONSOLE_PORT:-8443}
api_port=${ARGOSY_API_PORT:-6443}
identity_port=${ARGOSY_IDENTITY_PORT:-8180}
identity_health_port=${ARGOSY_IDENTITY_HEALTH_PORT:-8190}
postgres_port=${ARGOSY_POSTGRES_PORT:-15432}
etcd_port=${ARGOSY_ETCD_PORT:-12379}
etcd_peer_port=${ARGOSY_ETCD_PEER_PORT:-12380}
postgres_url=${ARGOSY_POSTGRES_URL:-}
etcd_endpoints=${ARGOSY_ETCD_ENDPOINTS:-}
oidc_issuer=${ARGOSY_OIDC_ISSUER:-}
docker_socket=${ARGOSY_DOCKER_SOCKET:-/var/run/docker.sock}
runtime=${ARGOSY_RUNTIME:-docker}
containerd_socket=${ARGOSY_CONTAINERD_SOCKET:-}
node_name=${ARGOSY_NODE_NAME:-$(hostname | tr '[:upper:]_' '[:lower:]-')}
with_node=${ARGOSY_NODE:-yes}
skip_build=${ARGOSY_SKIP_BUILD:-no}

usage() {
  cat <<USAGE
Usage: ops/up [COMMAND] [OPTIONS]

Starts Argosy on this machine: PostgreSQL, etcd, Keycloak, the server, one node. What is missing is
installed and built first. Running it again changes nothing that already runs.

Commands
  (none)     bring everything up
  --status   tell what runs
  --stop     stop what was started here; running containers of tenants stay
  --reset    stop, remove this platform's containers, delete the data folder's state (asks; --yes: no)
  --help     this text

Options (environment variable)                                                    default
  --data DIR              state, logs, kubeconfigs       (ARGOSY_DATA)            .argosy in the checkout
  --host NAME             name for users' URLs           (ARGOSY_HOST)            localhost
  --console-port N        the console, HTTPS             (ARGOSY_CONSOLE_PORT)    8443
  --api-port N            the Kubernetes API, HTTPS      (ARGOSY_API_PORT)        6443
  --identity-port N       Keycloak, loopback             (ARGOSY_IDENTITY_PORT)   8180
  --identity-health-port N  its health port, loopback    (ARGOSY_IDENTITY_HEALTH_PORT) 8190
  --postgres-port N       PostgreSQL, loopback           (ARGOSY_POSTGRES_PORT)   15432
  --etcd-port N           etcd clients, loopback         (ARGOSY_ETCD_PORT)       12379
  --etcd-peer-port N      etcd peers, loopback           (ARGOSY_ETCD_PEER_PORT)  12380
  --postgres-url URL      use this database instead: jdbc:postgresql://… with ARGOSY_POSTGRES_USER and
                          ARGOSY_POSTGRES_PASSWORD       (ARGOSY_POSTGRES_URL)
  --etcd-endpoints LIST   use this etcd instead; with ARGOSY_ETCD_CA, _CERTIFICATE, _KEY (files) or _USER,
                          _PASSWORD if it asks for them  (ARGOSY_ETCD_ENDPOINTS)
  --oidc-issuer URL       use this identity provider instead; clients as in ops/keycloak/realm.json, the
                          console's secret in ARGOSY_CONSOLE_CLIENT_SECRET (ARGOSY_OIDC_ISSUER)
                          If it is a Keycloak that shall have service clients: ARGOSY_KEYCLOAK_URL, _REALM
                          and _SECRET_FILE, see docs/IDENTITY.md
  --runtime NAME          the node's engine: docker or containerd (ARGOSY_RUNTIME) docker
  --docker-socket PATH    Docker's socket                (ARGOSY_DOCKER_SOCKET)   /var/run/docker.sock
  --containerd-socket PATH  containerd's socket          (ARGOSY_CONTAINERD_SOCKET) one is started here
  --node-name NAME        this machine's node            (ARGOSY_NODE_NAME)       its host name
  --no-node               control plane only             (ARGOSY_NODE=no)
  --no-build              run what was built before      (ARGOSY_SKIP_BUILD=yes)

Exit codes: 0 done; 2 wrong usage; 10 rights or system; 11 JDK; 12 disk; 13 port; 14 container engine;
15 packages; 16 build; 17 certificates; 18 PostgreSQL; 19 etcd; 20 Keycloak; 21 server; 22 node; 23 tenants.
USAGE
}

needs_value() { [ $# -ge 2 ] && [ -n "$2" ] || fail $E_USAGE "$1 needs a value" "see ops/up --help"; }

port_value() {
  needs_value "$@"
  case $2 in *[!0-9]*) fail $E_USAGE "$1 needs a port number, not '$2'" "give a number from 1 to 65535" ;; esac
  [ "$2" -ge 1 ] && [ "$2" -le 65535 ] || fail $E_USAGE "$1: $2 is no port" "give a number from 1 to 65535"
}

parse_options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --help | -h) usage; exit 0 ;;
      --status | --stop | --reset) command_to_run=${1#--}; shift; continue ;;
      --yes) yes_to_all=yes; shift; continue ;;
      --no-node) with_node=no; shift; continue ;;
      --no-build) skip_build=yes; shift; continue ;;
      --console-port) port_value "$@"; console_port=$2 ;;
      --api-port) port_value "$@"; api_port=$2 ;;
      --identity-port) port_value "$@"; identity_port=$2 ;;
      --identity-health-port) port_value "$@"; identity_health_port=$2 ;;
      --postgres-port) port_value "$@"; postgres_port=$2 ;;
      --etcd-port) port_value "$@"; etcd_port=$2 ;;
      --etcd-peer-port) port_value "$@"; etcd_peer_port=$2 ;;
      --data) needs_value "$@"; data=$2 ;;
      --host) needs_value "$@"; host=$2 ;;
      --postgres-url) needs_value "$@"; postgres_url=$2 ;;
      --etcd-endpoints) needs_value "$@"; etcd_endpoints=$2 ;;
      --oidc-issuer) needs_value "$@"; oidc_issuer=$2 ;;
      --runtime) needs_value "$@"; runtime=$2 ;;
      --docker-socket) needs_value "$@"; docker_socket=$2 ;;
      --containerd-socket) needs_value "$@"; containerd_socket=$2 ;;
      --node-name) needs_value "$@"; node_name=$2 ;;
      *) fail $E_USAGE "unknown option '$1'" "see ops/up --help" ;;
    esac
    shift 2
  done
  case $runtime in
    docker | containerd) ;;
    *) fail $E_USAGE "--runtime: '$runtime' is no engine that can be started here" "give docker or containerd" ;;
  esac
}

# settle_folders: the tree under the data folder; parts (third-party software) are shared by all data folders.
settle_folders() {
  mkdir -p "$data" || fail $E_RIGHTS "cannot create the data folder $data" "choose another with --data"
  data=$(cd "$data" && pwd -P)
  parts=${ARGOSY_PARTS:-$root/.argosy/parts}
  logs=$data/logs run=$data/run pki=$data/pki secrets=$data/secrets kubeconfigs=$data/kubeconfig
  passwords=$data/passwords
  containerd_socket=${containerd_socket:-$run/containerd.sock}
  mkdir -p "$parts" "$logs" "$run" "$pki" "$secrets" "$kubeconfigs" "$data/data"
  chmod 700 "$secrets" "$pki" "$kubeconfigs"
}

external_postgres() { [ -n "$postgres_url" ]; }
external_etcd() { [ -n "$etcd_endpoints" ]; }
external_identity() { [ -n "$oidc_issuer" ]; }
# Keycloak keeps its own database in our PostgreSQL, so that one runs for it too.
own_postgres() { ! external_postgres || ! external_identity; }
