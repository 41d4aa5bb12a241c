# Debian packages: what is missing is installed, and no service of theirs is started.
# shellcheck shell=bash

refresh_packages() {
  [ "${packages_fresh:-no}" = yes ] && return
  as_root apt-get update -qq >>"$logs/packages.log" 2>&1 || true
  packages_fresh=yes
}

# missing_packages: "command package" pairs whose command is not there.
missing_packages() {
  local pairs="curl:curl jq:jq openssl:openssl unzip:unzip xz:xz-utils ss:iproute2 ip:iproute2 git:git setsid:util-linux"
  external_etcd || pairs+=" etcd:etcd-server"
  if [ "$with_node" = yes ]; then
    pairs+=" nft:nftables iptables:iptables conntrack:conntrack"
    if on_containerd; then
      pairs+=" containerd:containerd ctr:containerd runc:runc"
    else
      engine_answers >/dev/null 2>&1 || pairs+=" dockerd:docker.io"
    fi
  fi
  local pair
  for pair in $pairs; do
    PATH=$PATH:/usr/sbin:/sbin command -v "${pair%%:*}" >/dev/null || echo "${pair##*:}"
  done | sort -u
}

install_packages() {
  local missing
  missing=$(missing_packages | tr '\n' ' ')
  [ -n "${missing// /}" ] || return 0
  say "installing packages: $missing"
  refresh_packages
  without_services as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $missing >>"$logs/packages.log" 2>&1 || {
    last_lines "$logs/packages.log"
    fail $E_PACKAGES "apt-get could not install: $missing" "see $logs/packages.log; install them by hand, then run ops/up again"
  }
}

# without_services COMMAND…: while it runs, package scripts may not start services (Debian's policy-rc.d).
without_services() {
  local policy=/usr/sbin/policy-rc.d code=0
  [ ! -e $policy ] || { "$@"; return; }
  printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
  as_root chmod 755 $policy
  "$@" || code=$?
  as_root rm -f $policy
  return $code
}

# unpack_package NAME FOLDER: a package's files only; nothing on the machine changes.
unpack_package() {
  local work
  work=$(mktemp -d)
  refresh_packages
  (cd "$work" && apt-get download -qq "$1") >>"$logs/packages.log" 2>&1 ||
    fail $E_PACKAGES "the package $1 cannot be downloaded" "check the machine's package sources (apt-get update)"
  mkdir -p "$2"
  dpkg -x "$work"/"$1"_*.deb "$2"
  rm -rf "$work"
}
