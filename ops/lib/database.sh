# PostgreSQL from the embedded binaries, run as the real server. It refuses to be root: as root it gets a
# user namespace of its own, in which it is nobody, yet still reads the data folder wherever that is.
# shellcheck shell=bash

readonly postgres_needs="allow user namespaces (sysctl kernel.unprivileged_userns_clone=1), run ops/up as an ordinary user with sudo, or name another server with --postgres-url"

as_nobody() { if [ "$(id -u)" = 0 ]; then unshare -U "$@"; else "$@"; fi; }

# The binaries bring no psql: statements before the first start go through the single-user mode.
single_user() { as_nobody "$parts/postgres/bin/postgres" --single -D "$1" -j postgres; }

initialize_database() {
  local folder=$data/data/postgres new=$data/data/postgres.new
  [ -s "$folder/PG_VERSION" ] && return
  rm -rf "$new"
  (umask 077 && secret database >/dev/null)
  as_nobody "$parts/postgres/bin/initdb" -D "$new" -U argosy -A scram-sha-256 --pwfile="$secrets/database" \
    -E UTF8 --locale=C --no-sync >>"$logs/postgres.log" 2>&1 || {
    last_lines "$logs/postgres.log"
    fail $E_DATABASE "initdb failed" "$postgres_needs"
  }
  printf 'CREATE DATABASE argosy;\n\nCREATE DATABASE keycloak;\n\n' | single_user "$new" >>"$logs/postgres.log" 2>&1
  mv "$new" "$folder"
}

start_database() {
  own_postgres || return 0
  own_pid postgres >/dev/null && return
  local began
  began=$(date +%s%N)
  initialize_database
  local as=()
  [ "$(id -u)" != 0 ] || as=(unshare -U)
  # After a kill those who served connections hold its memory for a moment, and no other can start.
  for _ in 1 2 3 4 5; do
    launch postgres "${as[@]}" "$parts/postgres/bin/postgres" -D "$data/data/postgres" \
      -p "$postgres_port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 \
      -c shared_buffers=64MB
    if wait_until 60 postgres database_ready; then
      say "PostgreSQL ready ($(seconds_since "$began") s)"
      return
    fi
    own_pid postgres >/dev/null && break
    sleep 1
  done
  last_lines "$logs/postgres.log"
  fail $E_DATABASE "PostgreSQL did not start" "see $logs/postgres.log; $postgres_needs"
}

# The last line of postmaster.pid is the server's own word (the binaries bring no pg_isready); the first says whose: one
# that was killed leaves its own behind.
database_ready() {
  local file=$data/data/postgres/postmaster.pid
  [ "$(sed -n 1p "$file")" = "$(own_pid postgres)" ] && sed -n 8p "$file" | grep -q ready
}
