# OpenTofu: plan, apply, change, import, mend what others changed, destroy.
# shellcheck shell=bash

terraform_steps() {
  export TF_CLI_CONFIG_FILE=$logs/tofurc TF_DATA_DIR=$logs/tofu TF_IN_AUTOMATION=1
  export TF_VAR_namespace=$name-tofu TF_VAR_kubeconfig=$KUBECONFIG TF_VAR_colour=green TF_VAR_replicas=1
  providers=$(realpath "$providers")
  cat >"$TF_CLI_CONFIG_FILE" <<RC
provider_installation {
  dev_overrides {
    "hashicorp/kubernetes" = "$providers"
    "gavinbunney/kubectl"  = "$providers"
  }
  direct {}
}
RC
  step "tofu: apply" with_state apply -auto-approve
  step "tofu: find no difference" no_difference
  export TF_VAR_colour=blue TF_VAR_replicas=2
  step "tofu: plan a change" finds_difference
  step "tofu: change" with_state apply -auto-approve
  step "tofu: find no difference after a change" no_difference
  step "tofu: import" import_all
  step "tofu: apply what was imported" with_state apply -auto-approve
  step "tofu: find no difference after an import" no_difference
  step "tofu: (others change objects)" interfere
  step "tofu: find what others changed" finds_difference
  step "tofu: mend it" with_state apply -auto-approve
  step "tofu: find no difference after mending" no_difference
  step "tofu: destroy" with_state destroy -auto-approve
  step "tofu: leave nothing" nothing_left
}

with_state() { # COMMAND ARGUMENTS…
  local command=$1
  shift
  "$tofu" -chdir="$files/terraform" "$command" -no-color -state="$logs/tofu.tfstate" "$@"
}

no_difference() { with_state plan -detailed-exitcode; }

finds_difference() {
  local code=0
  with_state plan -detailed-exitcode || code=$?
  [ "$code" = 2 ]
}

import_all() {
  local space=$TF_VAR_namespace one
  for one in kubernetes_namespace.space="$space" kubernetes_config_map.page="$space/page" \
    kubernetes_deployment.front="$space/front" kubernetes_service.front="$space/front" \
    kubernetes_role.reader="$space/reader" kubectl_manifest.nightly="batch/v1//CronJob//nightly//$space" \
    kubectl_manifest.lamp="$space.example.com/v1//Lamp//desk//$space"; do
    "$tofu" -chdir="$files/terraform" state rm -state="$logs/tofu.tfstate" "${one%%=*}" || return 1
    with_state import "${one%%=*}" "${one#*=}" || return 1
  done
}

interfere() {
  kubectl -n "$TF_VAR_namespace" scale deployment front --replicas=1 &&
    kubectl -n "$TF_VAR_namespace" delete configmap page &&
    kubectl -n "$TF_VAR_namespace" patch cronjob nightly --type merge -p '{"spec": {"suspend": true, "schedule": "0 5 * * *"}}'
}

nothing_left() {
  ! kubectl get namespace "$TF_VAR_namespace" && ! kubectl get crd "lamps.$TF_VAR_namespace.example.com" &&
    ! kubectl get clusterrole "$TF_VAR_namespace-reader"
}
