package dev.argosy.model.schema.defaulting;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Conditional defaults of kinds that are no workloads. */
final class ObjectDefaults {

  private static final String RBAC = "rbac.authorization.k8s.io";

  private ObjectDefaults() {}

  static void addTo(Defaults defaults) {
    defaults.add("v1.Namespace", ObjectDefaults::nameLabel);
    defaults.add("v1.NodeStatus", ObjectDefaults::allocatable);
    defaults.add("v1.Secret", ObjectDefaults::stringData);
    defaults.add("v1.LimitRangeItem", ObjectDefaults::containerLimits);
    defaults.add(RBAC + "/v1.Subject", ObjectDefaults::subject);
  }

  private static void nameLabel(ObjectNode namespace) {
    String name = namespace.path("metadata").path("name").asString("");
    if (!name.isEmpty() && namespace.get("metadata") instanceof ObjectNode metadata) {
      ObjectNode labels =
          metadata.get("labels") instanceof ObjectNode there ? there : metadata.putObject("labels");
      labels.put("kubernetes.io/metadata.name", name);
    }
  }

  private static void allocatable(ObjectNode status) {
    if (status.path("allocatable").isEmpty() && !status.path("capacity").isEmpty()) {
      status.set("allocatable", status.path("capacity").deepCopy());
    }
  }

  /** Of containers: what is used at most is the default, and the default is what is asked for. */
  private static void containerLimits(ObjectNode item) {
    if (!item.path("type").asString("").equals("Container")) {
      return;
    }
    ObjectNode limits = Children.of(item, "default");
    ObjectNode requests = Children.of(item, "defaultRequest");
    Children.addMissing(limits, item.path("max"));
    Children.addMissing(requests, limits);
    Children.addMissing(requests, item.path("min"));
    item.remove(
        List.of("default", "defaultRequest").stream().filter(n -> item.path(n).isEmpty()).toList());
  }

  /** Plain texts are only ever written; they are read as data. */
  private static void stringData(ObjectNode secret) {
    JsonNode texts = secret.remove("stringData");
    if (texts == null || !texts.isObject()) {
      return;
    }
    ObjectNode data =
        secret.get("data") instanceof ObjectNode there ? there : secret.putObject("data");
    for (Map.Entry<String, JsonNode> text : texts.properties()) {
      byte[] bytes = text.getValue().asString("").getBytes(StandardCharsets.UTF_8);
      data.put(text.getKey(), Base64.getEncoder().encodeToString(bytes));
    }
  }

  private static void subject(ObjectNode subject) {
    if (subject.path("apiGroup").asString("").isEmpty()) {
      String kind = subject.path("kind").asString("");
      if (kind.equals("User") || kind.equals("Group")) {
        subject.put("apiGroup", RBAC);
      }
    }
  }
}
