# Our own code: built when a source is newer than what was built.
# shellcheck shell=bash

readonly ear=$root/ear/app/target/argosy.ear exploded=$root/ear/app/target/argosy agent_libraries=$root/node-agent/target/lib

built() { # nothing under version control or beside it is newer than the stamp
  [ -s "$ear" ] && [ -e "$root/.argosy/built" ] || return 1
  [ -z "$(cd "$root" && find pom.xml api control-plane db tenancy node-agent web-ui ear .mvn \
    \( -name target -o -name node_modules -o -path web-ui/src/main/bundles -o -path web-ui/src/main/frontend \) -prune \
    -o -type f -newer .argosy/built -print -quit)" ]
}

build() {
  if [ "$skip_build" = yes ]; then
    [ -s "$ear" ] || fail $E_BUILD "nothing was built yet" "run ops/up without --no-build"
    return
  fi
  if built; then return; fi
  local began
  began=$(date +%s%N)
  say "building (the first time fetches libraries and takes some minutes)"
  mkdir -p "$root/.argosy"
  touch "$root/.argosy/built.new"
  rm -rf "$exploded" # the archive plug-in leaves what an earlier build put there
  (cd "$root" && ./mvnw -B -DskipTests -Dquick -pl ear/app,node-agent -am package) >"$logs/build.log" 2>&1 || {
    grep ERROR "$logs/build.log" | head -15 >&2
    fail $E_BUILD "the build failed" "see $logs/build.log"
  }
  mv "$root/.argosy/built.new" "$root/.argosy/built"
  say "built ($(seconds_since "$began") s)"
}

# still_built NAME FILE…: whether what runs as NAME was deployed from what these files hold now.
still_built() {
  [ "$(contents "${@:2}")" = "$(cat "$run/$1.build" 2>/dev/null)" ]
}

remember_build() { contents "${@:2}" >"$run/$1.build"; }

contents() { cat "$@" | sha256sum; }
