# Whether the agent's packages are what they should be: the same from the same input, whole without a JDK, with a unit
# that systemd takes; and whether they come and go without a trace. Nothing is installed on the machine itself.
# shellcheck shell=bash

readonly no_package=1

package_test() {
  local work=$data/package version
  say "packages of the node agent"
  mkdir -p "$work"
  version=$(sed -n 's,^  <version>\(.*\)</version>,\1,p' "$root/pom.xml" | head -1)
  ARGOSY_DEB_COMPRESSION=-Znone "$here/agent-package" --out "$work" deb tar image
  (cd "$work" && sha256sum ./*.deb ./*.gz) >"$work/first"
  ARGOSY_DEB_COMPRESSION=-Znone "$here/agent-package" --out "$work" --no-build deb tar image
  (cd "$work" && sha256sum --quiet -c first) || fail $no_package "packages of the same input differ" "see $work"

  dpkg-deb -x "$work"/*.deb "$work/installed"
  tar -xzf "$work/argosy-agent_${version}_$(dpkg --print-architecture).tar.gz" -C "$work"
  whole "$work/installed/usr/bin/argosy-agent" "$version"
  whole "$work/argosy-agent-$version/usr/lib/argosy-agent/argosy-agent" "$version"
  unit_is_taken "$work/installed"
  scripts_are_whole "$work"
  comes_and_goes "$work"
  rm -rf "$work"
}

# whole PROGRAM VERSION: it runs without environment, its JVM takes the archive, it has what the agent needs
whole() {
  local home answer
  home=$(dirname "$(readlink -f "$1")")
  answer=$(env -i "$1" --version) || fail $no_package "$1 --version ended with $?" "run it by hand"
  case $answer in *"$2"*) ;; *) fail $no_package "$1 calls itself '$answer', not $2" "see AgentVersion" ;; esac
  env -i "$1" --help | grep -q -- --server || fail $no_package "$1 --help tells nothing" "run it by hand"
  env -i "$home/java/bin/java" "@$home/java.options" -XX:AOTCache="$home/agent.aot" -XX:AOTMode=on -jar "$home/agent.jar" --version >/dev/null ||
    fail $no_package "the archive in $home does not fit" "see make_archive in ops/agent-package"
}

unit_is_taken() {
  local unit=$1/argosy-agent.service said
  command -v systemd-analyze >/dev/null || return 0
  sed "s,^ExecStart=,ExecStart=$1," "$1/usr/lib/systemd/system/argosy-agent.service" >"$unit"
  said=$(systemd-analyze verify --man=no "$unit" 2>&1 | grep -F argosy-agent || true)
  [ -z "$said" ] || fail $no_package "systemd does not take the unit: $said" "correct ops/agent/argosy-agent.service"
}

scripts_are_whole() {
  local script
  dpkg-deb -e "$1"/*.deb "$1/control"
  for script in "$1"/control/{postinst,prerm,postrm} "$1"/argosy-agent-*/{install,uninstall}; do
    sh -n "$script" || fail $no_package "$script is no script" "see filled in ops/agent-package"
    ! grep -q '@[A-Z_]*@' "$script" || fail $no_package "something in $script was not filled in" "see filled in ops/agent-package"
  done
}

# Installed, upgraded, removed and purged on a copy of this machine's files, that lives in memory, and in a network of its own.
comes_and_goes() {
  if [ "$(id -u)" != 0 ]; then
    say "packages are not installed on trial: only root can"
    return 0
  fi
  unshare --mount --net --pid --fork sh -eu "$here/lib/package-life" "$(echo "$1"/*.deb)" >"$1/life.log" 2>&1 || {
    last_lines "$1/life.log"
    fail $no_package "the package does not come and go as it should" "see $1/life.log"
  }
}
