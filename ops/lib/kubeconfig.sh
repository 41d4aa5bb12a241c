# Kubeconfigs: the administrator's with a client certificate, one per demo tenant with an OIDC login.
# shellcheck shell=bash

api_url() { echo "https://127.0.0.1:$api_port"; }

token_endpoint() {
  if external_identity; then
    curl -sf --max-time 10 "$oidc_issuer/.well-known/openid-configuration" | jq -r .token_endpoint
  else
    echo "$(issuer)/protocol/openid-connect/token"
  fi
}

encoded() { base64 -w0 <"$1"; }

kubeconfig() { # NAME SERVER USER-BLOCK
  (umask 077 && cat >"$kubeconfigs/$1.yaml.new" <<YAML
apiVersion: v1
kind: Config
current-context: $1
clusters:
- name: $1
  cluster:
    server: $2
    certificate-authority-data: $(encoded "$pki/ca.crt")
contexts:
- name: $1
  context: {cluster: $1, user: $1, namespace: default}
users:
- name: $1
  user:
$3
YAML
  )
  mv "$kubeconfigs/$1.yaml.new" "$kubeconfigs/$1.yaml"
}

tenant_kubeconfig() { # TENANT USER
  kubeconfig "$1" "$(api_url)/clusters/$1" "    exec:
      apiVersion: client.authentication.k8s.io/v1beta1
      command: $root/ops/kubectl-token
      args: ['$data', '$(token_endpoint)', '$2']
      interactiveMode: Never"
}

make_kubeconfigs() {
  kubeconfig admin "$(api_url)" "    client-certificate-data: $(encoded "$pki/platform-admin.crt")
    client-key-data: $(encoded "$pki/platform-admin.key")"
  tenant_kubeconfig acme acme-dev
  tenant_kubeconfig globex globex-dev
}
