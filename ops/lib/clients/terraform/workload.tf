resource "kubernetes_config_map" "page" {
  metadata {
    name      = "page"
    namespace = local.namespace
  }
  data = { "index.html" = "<h1>${var.colour}</h1>" }
}

resource "kubernetes_secret" "token" {
  metadata {
    name      = "token"
    namespace = local.namespace
  }
  data = { token = "${var.colour}-secret" }
}

resource "kubernetes_persistent_volume_claim" "data" {
  wait_until_bound = false # its class waits for the first pod
  metadata {
    name      = "data"
    namespace = local.namespace
  }
  spec {
    access_modes = ["ReadWriteOnce"]
    resources {
      requests = { storage = "10Mi" }
    }
  }
}

resource "kubernetes_deployment" "front" {
  metadata {
    name      = "front"
    namespace = local.namespace
    labels    = local.labels
  }
  spec {
    replicas = var.replicas
    selector {
      match_labels = { app = "front" }
    }
    template {
      metadata {
        labels = local.labels
      }
      spec {
        termination_grace_period_seconds = 1
        service_account_name             = kubectl_manifest.account.name
        container {
          name    = "web"
          image   = var.image
          command = ["httpd", "-f", "-p", "8080", "-h", "/srv"]
          env {
            name = "TOKEN"
            value_from {
              secret_key_ref {
                name = kubernetes_secret.token.metadata[0].name
                key  = "token"
              }
            }
          }
          port {
            name           = "http"
            container_port = 8080
          }
          resources {
            requests { # the provider's old syntax: blocks
              cpu    = "10m"
              memory = "16Mi"
            }
            limits {
              memory = "64Mi"
            }
          }
          readiness_probe {
            http_get {
              path = "/"
              port = "http"
            }
            period_seconds = 1
          }
          volume_mount {
            name       = "page"
            mount_path = "/srv"
          }
          volume_mount {
            name       = "data"
            mount_path = "/data"
          }
        }
        volume {
          name = "page"
          config_map {
            name = kubernetes_config_map.page.metadata[0].name
          }
        }
        volume {
          name = "data"
          persistent_volume_claim {
            claim_name = kubernetes_persistent_volume_claim.data.metadata[0].name
          }
        }
      }
    }
  }
}

resource "kubernetes_service" "front" {
  metadata {
    name      = "front"
    namespace = local.namespace
  }
  spec {
    selector = { app = "front" }
    port {
      name        = "http"
      port        = 80
      target_port = "http"
    }
  }
}

resource "kubernetes_horizontal_pod_autoscaler" "front" {
  metadata {
    name      = "front"
    namespace = local.namespace
  }
  spec {
    min_replicas                      = 1
    max_replicas                      = 3
    target_cpu_utilization_percentage = 90
    scale_target_ref {
      api_version = "apps/v1"
      kind        = "Deployment"
      name        = "unused"
    }
  }
}

resource "kubernetes_stateful_set" "store" {
  metadata {
    name      = "store"
    namespace = local.namespace
  }
  spec {
    replicas     = 1
    service_name = "store"
    update_strategy { # the provider takes Kubernetes' default for a difference
      type = "RollingUpdate"
      rolling_update {
        partition = 0
      }
    }
    selector {
      match_labels = { app = "store" }
    }
    template {
      metadata {
        labels = { app = "store", colour = var.colour }
      }
      spec {
        termination_grace_period_seconds = 1
        container {
          name    = "store"
          image   = var.image
          command = ["sleep", "3600"]
        }
      }
    }
  }
}

resource "kubernetes_job" "once" {
  wait_for_completion = true
  metadata {
    name      = "once"
    namespace = local.namespace
  }
  spec {
    ttl_seconds_after_finished = 3600 # the provider's default is none, and it reads the finished job
    template {
      metadata {}
      spec {
        restart_policy = "Never"
        container {
          name    = "once"
          image   = var.image
          command = ["true"]
        }
      }
    }
  }
}
