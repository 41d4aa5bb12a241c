package dev.argosy.server.review;

import dev.argosy.server.authz.AccessPath;
import dev.argosy.server.authz.AccessPath.Named;
import dev.argosy.server.authz.Holder;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes what access comes from. */
final class AccessJson {

  private AccessJson() {}

  static void write(AccessPath path, ObjectNode json) {
    if (!path.binding().equals(Named.NONE)) {
      write(path.binding(), json.putObject("binding"));
    }
    if (!path.role().equals(Named.NONE)) {
      write(path.role(), json.putObject("role"));
    }
    if (!path.rule().verbs().isEmpty()) {
      json.set("rule", path.rule().toJson());
    }
    json.put("reason", path.text());
  }

  static void write(Named named, ObjectNode json) {
    json.put("kind", named.kind());
    put(json, "namespace", named.namespace());
    put(json, "name", named.name());
  }

  static void write(Holder holder, ObjectNode json) {
    json.put("kind", holder.kind());
    put(json, "namespace", holder.namespace());
    json.put("name", holder.name());
  }

  static void add(ArrayNode array, Named named) {
    write(named, array.addObject());
  }

  private static void put(ObjectNode json, String member, String value) {
    if (!value.isEmpty()) {
      json.put(member, value);
    }
  }
}
