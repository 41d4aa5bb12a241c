package dev.argosy.server.webhook;

import dev.argosy.model.object.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Webhook configurations for tests: one hook for all writes of config maps, unless changed. */
final class Hooks {

  static final String VALIDATING =
      "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
  static final String MUTATING =
      "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";

  private final ObjectNode configuration = Json.object();
  private final ObjectNode hook;

  private Hooks(String kind, String name) {
    configuration.put("apiVersion", "admissionregistration.k8s.io/v1").put("kind", kind);
    configuration.putObject("metadata").put("name", name);
    hook = configuration.putArray("webhooks").addObject();
    hook.put("name", name + ".example.com").put("sideEffects", "None");
    hook.putArray("admissionReviewVersions").add("v1");
    rules(
        "[{\"operations\":[\"*\"],\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],"
            + "\"resources\":[\"configmaps\"]}]");
  }

  static Hooks validating(String name) {
    return new Hooks("ValidatingWebhookConfiguration", name);
  }

  static Hooks mutating(String name) {
    return new Hooks("MutatingWebhookConfiguration", name);
  }

  Hooks rules(String json) {
    return set("rules", json);
  }

  /** Any field of the hook, as JSON. */
  Hooks set(String field, String json) {
    JsonNode value = Json.mapper().readTree(json);
    hook.set(field, value);
    return this;
  }

  Hooks at(String url, String caBundle) {
    hook.putObject("clientConfig").put("url", url).put("caBundle", caBundle);
    return this;
  }

  Hooks service(String name, String path, int port, String caBundle) {
    ObjectNode config = hook.putObject("clientConfig").put("caBundle", caBundle);
    config
        .putObject("service")
        .put("namespace", "default")
        .put("name", name)
        .put("path", path)
        .put("port", port);
    return this;
  }

  @Override
  public String toString() {
    return configuration.toString();
  }
}
