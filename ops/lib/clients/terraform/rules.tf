resource "kubernetes_role" "reader" {
  metadata {
    name      = "reader"
    namespace = local.namespace
  }
  rule {
    api_groups = ["", "apps"]
    resources  = ["configmaps", "deployments"]
    verbs      = var.colour == "green" ? ["get", "list"] : ["get", "list", "watch"]
  }
}

resource "kubernetes_role_binding" "reader" {
  metadata {
    name      = "reader"
    namespace = local.namespace
  }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "Role"
    name      = kubernetes_role.reader.metadata[0].name
  }
  subject {
    kind      = "ServiceAccount"
    name      = kubectl_manifest.account.name
    namespace = local.namespace
  }
}

resource "kubernetes_cluster_role" "reader" {
  metadata {
    name = "${var.namespace}-reader"
  }
  rule {
    api_groups = [""]
    resources  = ["namespaces"]
    verbs      = ["get"]
  }
}

resource "kubernetes_network_policy" "front" {
  metadata {
    name      = "front"
    namespace = local.namespace
  }
  spec {
    pod_selector {
      match_labels = { app = "front" }
    }
    policy_types = ["Ingress"]
    ingress {
      ports {
        port     = "http"
        protocol = "TCP"
      }
      from {
        namespace_selector {}
      }
    }
  }
}

resource "kubernetes_resource_quota" "space" {
  metadata {
    name      = "space"
    namespace = local.namespace
  }
  spec {
    hard = { pods = var.colour == "green" ? 20 : 30 }
  }
}

resource "kubernetes_limit_range" "space" {
  metadata {
    name      = "space"
    namespace = local.namespace
  }
  spec {
    limit {
      type            = "Container"
      default_request = { cpu = "10m" }
    }
  }
}
