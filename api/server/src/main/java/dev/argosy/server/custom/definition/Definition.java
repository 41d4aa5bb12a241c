package dev.argosy.server.custom.definition;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One definition, read.
 *
 * @param names those that were accepted, else those that are asked for
 * @param conversion its {@code spec.conversion}
 * @param served whether its resource is to be served: it is established
 * @param terminating whether it is being deleted
 */
public record Definition(
    ApiObject object,
    String group,
    Names names,
    boolean namespaced,
    List<DefinedVersion> versions,
    Conversion conversion,
    boolean served,
    boolean terminating) {

  /** Under which resource definitions are kept. */
  public static final GroupResource RESOURCE =
      new GroupResource("apiextensions.k8s.io", "customresourcedefinitions");

  /**
   * How objects get from one version to another.
   *
   * @param webhook its {@code spec.conversion.webhook}; null if versions differ in name only
   */
  public record Conversion(@Nullable JsonNode webhook) {}

  public Definition {
    versions = List.copyOf(versions);
  }

  /** Reads a definition that was checked when it was written. */
  public static Definition of(ApiObject object) {
    ObjectNode tree = object.tree();
    JsonNode spec = tree.path("spec");
    JsonNode accepted = tree.path("status").path("acceptedNames");
    JsonNode names = accepted.path("plural").asString("").isEmpty() ? spec.path("names") : accepted;
    List<DefinedVersion> versions = new ArrayList<>();
    spec.path("versions").forEach(version -> versions.add(DefinedVersion.of(version)));
    JsonNode conversion = spec.path("conversion");
    boolean webhook = conversion.path("strategy").asString("").equals("Webhook");
    return new Definition(
        object,
        spec.path("group").asString(""),
        Names.of(names),
        spec.path("scope").asString("").equals("Namespaced"),
        versions,
        new Conversion(webhook ? conversion.get("webhook") : null),
        condition(tree, "Established"),
        object.meta().deleting());
  }

  /** Whether a condition is true. */
  public static boolean condition(JsonNode tree, String type) {
    for (JsonNode condition : tree.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  /** The same with versions that equal its own. */
  public Definition with(List<DefinedVersion> equal) {
    return new Definition(object, group, names, namespaced, equal, conversion, served, terminating);
  }

  public ObjectKey key() {
    return object.key();
  }

  public GroupResource resource() {
    return new GroupResource(group, names.plural());
  }

  /** The version in which objects are kept. */
  public String storageVersion() {
    return versions.stream()
        .filter(DefinedVersion::storage)
        .map(DefinedVersion::name)
        .findFirst()
        .orElse("");
  }

  public Optional<DefinedVersion> version(String name) {
    return versions.stream().filter(version -> version.name().equals(name)).findFirst();
  }
}
