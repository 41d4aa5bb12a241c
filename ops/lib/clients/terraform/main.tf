# What ops/clients applies with OpenTofu: built-in kinds by one provider; kinds it has no resource for, or only in
# versions that Kubernetes dropped (service accounts with secrets, cron jobs), by the other, from manifests.
terraform {
  required_providers {
    kubernetes = { source = "hashicorp/kubernetes" }
    kubectl    = { source = "gavinbunney/kubectl" }
  }
}

variable "namespace" { type = string }

variable "colour" {
  type    = string
  default = "green"
}

variable "replicas" {
  type    = number
  default = 1
}

variable "image" {
  type    = string
  default = "argosy/demo:1"
}

variable "kubeconfig" { type = string }

provider "kubernetes" {
  config_path = var.kubeconfig
}

provider "kubectl" {
  config_path = var.kubeconfig
}

locals {
  labels    = { app = "front", colour = var.colour }
  namespace = kubernetes_namespace.space.metadata[0].name
}

resource "kubernetes_namespace" "space" {
  metadata {
    name   = var.namespace
    labels = { made-by = "tofu", colour = var.colour }
  }
}
