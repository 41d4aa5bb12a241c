package dev.argosy.controllers.deployment;

import dev.argosy.controllers.workload.TemplateHash;
import tools.jackson.databind.node.ObjectNode;

/** Compares pod templates, and gives each a short name. */
final class Template {

  static final String HASH_LABEL = "pod-template-hash";

  private Template() {}

  /** Whether two templates make the same pods, the hash label aside. */
  static boolean same(ObjectNode a, ObjectNode b) {
    return plain(a).equals(plain(b));
  }

  private static ObjectNode plain(ObjectNode template) {
    ObjectNode plain = template.deepCopy();
    ObjectNode meta = plain.withObject("/metadata");
    ObjectNode labels = meta.withObject("/labels");
    labels.remove(HASH_LABEL);
    if (labels.isEmpty()) {
      meta.remove("labels");
    }
    if (meta.path("creationTimestamp").isNull()) {
      meta.remove("creationTimestamp");
    }
    return plain;
  }

  /** The value of the hash label; another one for each count of collisions. */
  static String hash(ObjectNode template, int collisions) {
    return TemplateHash.of(plain(template), collisions);
  }
}
