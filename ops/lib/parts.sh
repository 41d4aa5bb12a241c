# Third-party servers, fetched once through Maven with the versions of the root pom, kept in parts/.
# shellcheck shell=bash

pom_version() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$root/pom.xml" | head -1; }

# fetch GROUP:ARTIFACT:VERSION:TYPE -> path of the file
fetch() {
  local coordinates=$1 folder
  folder=$(mktemp -d -p "$parts")
  (cd "$root" && ./mvnw -q -B -N dependency:copy -Dartifact="$coordinates" -DoutputDirectory="$folder") \
    >>"$logs/parts.log" 2>&1 || {
    last_lines "$logs/parts.log"
    fail $E_BUILD "cannot fetch $coordinates" "check that Maven can reach its repository; see $logs/parts.log"
  }
  echo "$folder"/*
}

# part NAME VERSION COORDINATES UNPACK: once per version; half-done work is never taken for done.
part() {
  local name=$1 version=$2 coordinates=$3 unpack=$4 file began
  [ "$(cat "$parts/$name/.version" 2>/dev/null)" = "$version" ] && return
  began=$(date +%s%N)
  file=$(fetch "$coordinates") || exit $?
  rm -rf "$parts/$name" "$parts/$name.new"
  mkdir -p "$parts/$name.new"
  $unpack "$file" "$parts/$name.new"
  rm -rf "$(dirname "$file")"
  echo "$version" >"$parts/$name.new/.version"
  mv "$parts/$name.new" "$parts/$name"
  say "$name $version unpacked ($(seconds_since "$began") s)"
}

unpack_zip() { # strips the single top folder
  unzip -q "$1" -d "$2/top"
  mv "$2"/top/*/* "$2"/
  rm -rf "$2/top"
}

unpack_postgres() {
  unzip -q "$1" '*.txz' -d "$2"
  tar -xJf "$2"/*.txz -C "$2"
  rm -f "$2"/*.txz
}

unpack_keycloak() { # and "build" it once: its own step that fixes the database kind and features
  unzip_and_build_log=$logs/keycloak-build.log
  unpack_zip "$1" "$2"
  say "keycloak: one-time build (about 30 s)"
  "$2/bin/kc.sh" build --db=postgres --health-enabled=true --metrics-enabled=false >"$unzip_and_build_log" 2>&1 || {
    last_lines "$unzip_and_build_log"
    fail $E_IDENTITY "kc.sh build failed" "see $unzip_and_build_log"
  }
}

fetch_postgres() {
  own_postgres || return 0
  local version
  version=$(pom_version embedded-postgres-binaries.version)
  part postgres "$version" \
    "io.zonky.test.postgres:embedded-postgres-binaries-linux-$architecture:$version:jar" unpack_postgres
}

fetch_keycloak() {
  external_identity && return
  local version
  version=$(pom_version keycloak.version)
  part keycloak "$version" "org.keycloak:keycloak-quarkus-dist:$version:zip" unpack_keycloak
}

fetch_liberty() {
  local version
  version=$(pom_version openliberty.version)
  part liberty "$version" "io.openliberty:openliberty-runtime:$version:zip" unpack_zip
}
