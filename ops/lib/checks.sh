# What must be true before anything is started: rights, JDK, disk, ports, container engine.
# shellcheck shell=bash

check_system() {
  [ "$(uname -s)" = Linux ] || fail $E_RIGHTS "this needs Linux" "use a Debian 12 or Ubuntu machine"
  command -v apt-get >/dev/null || fail $E_RIGHTS "apt-get is missing" "use a Debian 12 or Ubuntu machine"
  case $(uname -m) in
    x86_64) architecture=amd64 ;;
    aarch64) architecture=arm64v8 ;;
    *) fail $E_RIGHTS "no PostgreSQL binaries are published for $(uname -m)" "use an x86_64 or aarch64 machine" ;;
  esac
  [ "$(id -u)" = 0 ] && return
  command -v sudo >/dev/null || fail $E_RIGHTS "neither root nor sudo" "run as root, or install sudo"
  sudo -n true 2>/dev/null || sudo -v ||
    fail $E_RIGHTS "sudo was refused" "run as a user who may use sudo, or as root"
}

java_major() { "$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p'; }

check_jdk() {
  local candidate version
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/current; do
    [ -x "$candidate/bin/javac" ] || continue
    version=$(java_major "$candidate")
    if [ "${version%%.*}" -ge 25 ] 2>/dev/null; then
      export JAVA_HOME=$candidate
      return
    fi
  done
  fail $E_JDK "no JDK of version 25 or newer was found (JAVA_HOME, /usr/lib/jvm, /opt)" \
    "install one (for example Temurin 25) and set JAVA_HOME to its folder"
}

check_disk() {
  local free needed=3
  [ -d "$parts/liberty" ] && needed=1
  free=$(df -Pk "$data" | awk 'NR==2 {print int($4 / 1048576)}')
  [ "$free" -ge $needed ] || fail $E_DISK "$data has $free GiB free; $needed GiB are needed" \
    "free some space, or choose another place with --data DIR"
}

taken() { ss -Hltn "sport = :$1" 2>/dev/null | grep -q .; }

# check_port NAME PORT OPTION: taken by our own process is fine.
check_port() {
  own_pid "$1" >/dev/null && return
  taken "$2" || return 0
  local owner
  owner=$(as_root ss -Hltnp "sport = :$2" | grep -o 'users:.*' | head -1 | cut -c1-80)
  fail $E_PORT "port $2 (for $1) is taken ${owner:+by $owner}" "stop that program, or choose another port with $3"
}

check_ports() {
  command -v ss >/dev/null || return 0 # a first run installs iproute2; the processes tell themselves then
  check_port server "$console_port" --console-port
  check_port server "$api_port" --api-port
  if own_postgres; then check_port postgres "$postgres_port" --postgres-port; fi
  if ! external_etcd; then
    check_port etcd "$etcd_port" --etcd-port
    check_port etcd "$etcd_peer_port" --etcd-peer-port
  fi
  external_identity || {
    check_port keycloak "$identity_port" --identity-port
    check_port keycloak "$identity_health_port" --identity-health-port
  }
}

engine_answers() { as_root curl -sf --max-time 5 --unix-socket "$docker_socket" http://engine/_ping; }

check_engine() {
  [ "$with_node" = yes ] || return 0
  if on_containerd; then
    check_containerd
    return
  fi
  engine_answers >/dev/null 2>&1 && return
  [ "$docker_socket" = /var/run/docker.sock ] ||
    fail $E_ENGINE "no container engine answers at $docker_socket" "start it, or leave out --docker-socket"
  command -v dockerd >/dev/null || apt-cache show docker.io >/dev/null 2>&1 || refresh_packages
  command -v dockerd >/dev/null || apt-cache show docker.io >/dev/null 2>&1 ||
    fail $E_ENGINE "Docker is neither installed nor in the package lists" \
      "install Docker Engine, or start without a node: ops/up --no-node"
}

# What was named instead of our own must answer before anything is started.
check_external() {
  check_external_postgres
  check_external_etcd
  check_external_identity
}

check_external_postgres() {
  external_postgres || return 0
  local address host port
  case $postgres_url in
    jdbc:postgresql://*/*) ;;
    *) fail $E_USAGE "'$postgres_url' is no address of a PostgreSQL database" "give jdbc:postgresql://HOST:PORT/DATABASE" ;;
  esac
  [ -n "${ARGOSY_POSTGRES_USER:-}" ] && [ -n "${ARGOSY_POSTGRES_PASSWORD:-}" ] ||
    fail $E_USAGE "--postgres-url needs a user" "set ARGOSY_POSTGRES_USER and ARGOSY_POSTGRES_PASSWORD"
  address=${postgres_url#jdbc:postgresql://}
  address=${address%%/*}
  host=${address%:*} port=5432
  case $address in *:*) port=${address##*:} ;; esac
  timeout 5 bash -c 'exec 3<>"/dev/tcp/$1/$2"' - "$host" "$port" 2>/dev/null ||
    fail $E_DATABASE "nothing answers at $host port $port (--postgres-url)" "start PostgreSQL there, or correct the address"
}

check_external_etcd() {
  external_etcd || return 0
  local endpoint access=()
  [ -z "${ARGOSY_ETCD_CA:-}" ] || access+=(--cacert "$ARGOSY_ETCD_CA")
  [ -z "${ARGOSY_ETCD_CERTIFICATE:-}" ] || access+=(--cert "$ARGOSY_ETCD_CERTIFICATE" --key "${ARGOSY_ETCD_KEY:-}")
  for endpoint in ${etcd_endpoints//,/ }; do
    if curl -sf --max-time 5 "${access[@]}" "$endpoint/health" >/dev/null; then return; fi
  done
  fail $E_ETCD "no healthy etcd at $etcd_endpoints (--etcd-endpoints)" \
    "start it, or correct the addresses (http://HOST:2379, comma-separated) and ARGOSY_ETCD_CA, _CERTIFICATE, _KEY"
}

check_external_identity() {
  external_identity || return 0
  local document
  document=$(curl -sf --max-time 10 "$oidc_issuer/.well-known/openid-configuration") ||
    fail $E_IDENTITY "no OpenID provider answers at $oidc_issuer (--oidc-issuer)" "start it, or correct the address"
  [ "$(jq -r .issuer <<<"$document")" = "$oidc_issuer" ] ||
    fail $E_IDENTITY "the provider at $oidc_issuer calls itself $(jq -r .issuer <<<"$document")" "give that to --oidc-issuer, exactly"
  [ -n "${ARGOSY_CONSOLE_CLIENT_SECRET:-}" ] ||
    fail $E_USAGE "--oidc-issuer needs the console's client secret" "set ARGOSY_CONSOLE_CLIENT_SECRET"
}
