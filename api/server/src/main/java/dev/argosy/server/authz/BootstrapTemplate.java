package dev.argosy.server.authz;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.object.ObjectMeta;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A bootstrap role or binding in canonical JSON that lacks what is each cluster's own.
 *
 * @param head the JSON up to the first member of metadata
 * @param tail the JSON from there on
 */
record BootstrapTemplate(RbacKind kind, String namespace, String name, byte[] head, byte[] tail) {

  /** Older than any stored object: in every store the first write comes after it. */
  private static final long REVISION = 1;

  /** A role, with its rules filled in if it collects those of others. */
  static BootstrapTemplate of(Role role) {
    RbacKind kind = role.namespace().isEmpty() ? RbacKind.CLUSTER_ROLE : RbacKind.ROLE;
    ObjectNode object = object(kind, role.namespace(), role.name(), role.labels());
    if (role.aggregated()) {
      ArrayNode selectors = object.putObject("aggregationRule").putArray("clusterRoleSelectors");
      for (Map<String, String> labels : role.collects()) {
        ObjectNode wanted = selectors.addObject().putObject("matchLabels");
        labels.forEach(wanted::put);
      }
    }
    ArrayNode rules = object.putArray("rules");
    role.rules().forEach(rule -> rules.add(rule.toJson()));
    return of(kind, role.namespace(), role.name(), object);
  }

  static BootstrapTemplate of(Binding binding) {
    RbacKind kind =
        binding.namespace().isEmpty() ? RbacKind.CLUSTER_ROLE_BINDING : RbacKind.ROLE_BINDING;
    ObjectNode object = object(kind, binding.namespace(), binding.name(), Map.of());
    object
        .putObject("roleRef")
        .put("apiGroup", RbacKind.GROUP)
        .put("kind", binding.roleKind().kind())
        .put("name", binding.role());
    if (!binding.subjects().isEmpty()) {
      ArrayNode subjects = object.putArray("subjects");
      binding.subjects().forEach(subject -> subjects.add(subject(subject)));
    }
    return of(kind, binding.namespace(), binding.name(), object);
  }

  private static ObjectNode subject(String subject) {
    if (subject.startsWith(Binding.ACCOUNT)) {
      List<String> account = List.of(subject.substring(Binding.ACCOUNT.length()).split(":", 2));
      return Json.object()
          .put("kind", "ServiceAccount")
          .put("name", account.getLast())
          .put("namespace", account.getFirst());
    }
    boolean user = subject.startsWith(Binding.USER);
    return Json.object()
        .put("apiGroup", RbacKind.GROUP)
        .put("kind", user ? "User" : "Group")
        .put("name", subject.substring((user ? Binding.USER : Binding.GROUP).length()));
  }

  private static ObjectNode object(
      RbacKind kind, String namespace, String name, Map<String, String> labels) {
    ObjectNode object = Json.object();
    object.put("apiVersion", RbacKind.GROUP + "/v1").put("kind", kind.kind());
    ObjectNode metadata = object.putObject("metadata").put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    ObjectNode shown =
        metadata.putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
    labels.forEach(shown::put);
    metadata.putObject("annotations").put("rbac.authorization.kubernetes.io/autoupdate", "true");
    return object;
  }

  private static BootstrapTemplate of(
      RbacKind kind, String namespace, String name, ObjectNode object) {
    String json = new String(Json.canonical(object), StandardCharsets.UTF_8);
    int split = json.indexOf("\"name\":");
    return new BootstrapTemplate(
        kind, namespace, name, bytes(json.substring(0, split)), bytes(json.substring(split)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The object of one cluster.
   *
   * @param home of the namespace that is as old as the cluster
   */
  ApiObject in(String cluster, ObjectMeta home) {
    ObjectKey key = new ObjectKey(kind.resource(), cluster, namespace, name);
    UUID uid =
        UUID.nameUUIDFromBytes(bytes(home.uid() + "/" + kind + "/" + namespace + "/" + name));
    byte[] own =
        bytes(
            "\"uid\":\"" + uid + "\",\"creationTimestamp\":\"" + home.creationTimestamp() + "\",");
    ByteBuffer json = ByteBuffer.allocate(head.length + own.length + tail.length);
    return ApiObject.ofStored(key, REVISION, json.put(head).put(own).put(tail).array());
  }
}
