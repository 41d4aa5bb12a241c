# Argo CD: its application controller and repository server beside the cluster, one application in a git repository.
# shellcheck shell=bash

readonly redis_port=${ARGOSY_CLIENTS_REDIS_PORT:-26379} repo_port=${ARGOSY_CLIENTS_REPO_PORT:-26381} \
  metrics_port=${ARGOSY_CLIENTS_METRICS_PORT:-26382} repo_metrics_port=${ARGOSY_CLIENTS_REPO_METRICS_PORT:-26384}

argo_steps() {
  argo=$name-argo front=$name-argo-front repository=$logs/repository
  mkdir -p "$repository"
  git init -q -b main "$repository"
  sed "s/@NAME@/$argo/g" "$files/argo/repository/lamps.yaml" >"$repository/lamps.yaml"
  cp "$files"/argo/repository/{front,jobs,rules}.yaml "$repository"
  commit "Begin"
  step "argo: define its kinds" argo_kinds
  start_argo
  step "argo: (make an application)" make_application
  step "argo: sync and be healthy" within 120 state_is Synced Healthy
  step "argo: run a hook" text_is 1 job before .status.succeeded
  sed -i 's/green/blue/; s/replicas: 1/replicas: 2/' "$repository/front.yaml"
  commit "Change"
  step "argo: (tell of a commit)" look_again
  step "argo: follow a commit" within 60 text_is blue configmap page .data.colour
  step "argo: be healthy again" within 60 state_is Synced Healthy
  rm "$repository/rules.yaml"
  commit "Remove"
  step "argo: (tell of a commit)" look_again
  step "argo: prune" within 60 gone role front
  step "argo: (others change objects)" disturb
  step "argo: mend a change" within 60 text_is 2 deployment front .spec.replicas
  step "argo: mend a deletion" within 60 kubectl -n "$front" get service front
  step "argo: be healthy at last" within 60 state_is Synced Healthy
  step "argo: delete with all it made" kubectl -n "$argo" delete application front --timeout=60s
  step "argo: leave nothing" gone deployment front
  step "argo: (remove the rest)" remove_rest
}

remove_rest() {
  kubectl delete namespace "$argo" "$front" && kubectl delete crd "lamps.$argo.example.com"
}

commit() {
  git -C "$repository" add -A
  git -C "$repository" -c user.name=ops -c user.email=ops@example.com commit -q -m "$1"
}

# As a repository's hook does it; else a commit is seen after minutes.
look_again() {
  kubectl -n "$argo" annotate --overwrite application front argocd.argoproj.io/refresh=normal
}

argo_kinds() {
  kubectl apply --server-side -f "$crds/application-crd.yaml" -f "$crds/appproject-crd.yaml" &&
    kubectl wait --for=condition=Established --timeout=30s crd/applications.argoproj.io crd/appprojects.argoproj.io &&
    kubectl create namespace "$argo" &&
    within 30 kubectl -n "$argo" apply -f "$files/argo/install.yaml"
}

# Outside the cluster "its own cluster" is that of the kubeconfig.
start_argo() {
  mkdir -p "$logs"/{gpg,tls,ssh}
  export ARGOCD_FAKE_IN_CLUSTER=true ARGOCD_GPG_ENABLED=false ARGOCD_GNUPGHOME=$logs/gpg \
    ARGOCD_TLS_DATA_PATH=$logs/tls ARGOCD_SSH_DATA_PATH=$logs/ssh
  in_background "$logs/redis.log" "$redis" --port "$redis_port" --bind 127.0.0.1 --save '' --dir "$logs"
  in_background "$logs/repo-server.log" env ARGOCD_BINARY_NAME=argocd-repo-server "$argocd" --disable-tls \
    --address 127.0.0.1 --port "$repo_port" --metrics-address 127.0.0.1 --metrics-port "$repo_metrics_port" \
    --redis "127.0.0.1:$redis_port"
  in_background "$logs/controller.log" env ARGOCD_BINARY_NAME=argocd-application-controller "$argocd" \
    --namespace "$argo" --app-resync 5 --app-resync-jitter 0 --metrics-port "$metrics_port" \
    --redis "127.0.0.1:$redis_port" --repo-server "127.0.0.1:$repo_port" --repo-server-plaintext
}

make_application() {
  sed "s/@NAME@/$argo/g; s|@REPOSITORY@|$repository|" "$files/argo/application.yaml" | kubectl -n "$argo" apply -f -
}

state_is() { # SYNC HEALTH
  [ "$(kubectl -n "$argo" get application front -o jsonpath='{.status.sync.status} {.status.health.status}')" = "$1 $2" ]
}

text_is() { # TEXT KIND NAME PATH
  [ "$(kubectl -n "$front" get "$2" "$3" -o jsonpath="{$4}")" = "$1" ]
}

gone() { ! kubectl -n "$front" get "$1" "$2"; }

disturb() {
  kubectl -n "$front" scale deployment front --replicas=3 && kubectl -n "$front" delete service front
}
