resource "kubectl_manifest" "account" {
  yaml_body = <<-YAML
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: reader
      namespace: ${local.namespace}
  YAML
}

resource "kubectl_manifest" "nightly" {
  yaml_body = <<-YAML
    apiVersion: batch/v1
    kind: CronJob
    metadata:
      name: nightly
      namespace: ${local.namespace}
    spec:
      schedule: "${var.colour == "green" ? "0 3 * * *" : "0 4 * * *"}"
      jobTemplate:
        spec:
          template:
            spec:
              restartPolicy: Never
              containers:
              - {name: nightly, image: "${var.image}", command: ["true"]}
  YAML
}

resource "kubectl_manifest" "lamps" {
  wait      = true
  yaml_body = <<-YAML
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata:
      name: lamps.${var.namespace}.example.com
    spec:
      group: ${var.namespace}.example.com
      scope: Namespaced
      names: {plural: lamps, singular: lamp, kind: Lamp}
      versions:
      - name: v1
        served: true
        storage: true
        schema:
          openAPIV3Schema:
            type: object
            properties:
              spec:
                type: object
                required: [colour]
                properties:
                  colour: {type: string, enum: [green, blue]}
                  watts: {type: integer, default: 5, maximum: 60}
  YAML
}

resource "kubectl_manifest" "lamp" {
  depends_on        = [kubectl_manifest.lamps]
  server_side_apply = true
  wait              = true
  yaml_body         = <<-YAML
    apiVersion: ${var.namespace}.example.com/v1
    kind: Lamp
    metadata:
      name: desk
      namespace: ${local.namespace}
    spec:
      colour: ${var.colour}
  YAML
}

resource "kubectl_manifest" "applied" {
  server_side_apply = true
  yaml_body         = <<-YAML
    apiVersion: v1
    kind: Service
    metadata:
      name: applied
      namespace: ${local.namespace}
    spec:
      selector: {app: front}
      ports:
      - {name: web, port: ${var.colour == "green" ? 80 : 81}, targetPort: http}
  YAML
}
