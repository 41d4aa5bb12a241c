package dev.argosy.server.discovery;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindTable;
import dev.argosy.model.schema.Subresource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Discovery document by document: versions, groups, the resources of one group version. */
final class LegacyDiscovery {

  private LegacyDiscovery() {}

  /** {@code /api}. */
  static ObjectNode versions(String address) {
    ObjectNode versions = Json.object();
    versions.put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions
        .putArray("serverAddressByClientCIDRs")
        .addObject()
        .put("clientCIDR", "0.0.0.0/0")
        .put("serverAddress", address);
    return versions;
  }

  /** {@code /apis}. */
  static ObjectNode groups(Groups all) {
    ObjectNode list = Json.object();
    list.put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    all.all().forEach(group -> groups.add(entry(group)));
    return list;
  }

  /** {@code /apis/GROUP}. */
  static Optional<ObjectNode> group(Groups groups, String name) {
    return groups.all().stream()
        .filter(group -> group.name().equals(name))
        .findFirst()
        .map(group -> {
          ObjectNode document = Json.object();
          document.put("kind", "APIGroup").put("apiVersion", "v1");
          document.setAll(entry(group));
          return document;
        });
  }

  private static ObjectNode entry(Groups.Group group) {
    ObjectNode entry = Json.object();
    entry.put("name", group.name());
    ArrayNode versions = entry.putArray("versions");
    group.versions().forEach(version -> versions.add(version(group.name(), version)));
    entry.set("preferredVersion", version(group.name(), group.versions().getFirst()));
    return entry;
  }

  private static ObjectNode version(String group, String version) {
    return Json.object().put("groupVersion", group + "/" + version).put("version", version);
  }

  /** {@code /api/v1} and {@code /apis/GROUP/VERSION}. */
  static Optional<ObjectNode> resources(KindTable table, String group, String version) {
    List<KindSchema> kinds = Groups.kinds(table, group, version);
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode list = Json.object();
    list.put("kind", "APIResourceList").put("apiVersion", "v1");
    list.put("groupVersion", kinds.getFirst().type().apiVersion());
    ArrayNode resources = list.putArray("resources");
    for (KindSchema kind : kinds) {
      resources.add(resource(kind.type()));
      kind.subresources().forEach(s -> resources.add(subresource(kind.type(), s)));
    }
    return Optional.of(list);
  }

  private static ObjectNode resource(ResourceType type) {
    ObjectNode resource = Json.object();
    resource
        .put("name", type.resource())
        .put("singularName", type.singular())
        .put("namespaced", type.namespaced())
        .put("kind", type.kind());
    texts(resource, "verbs", type.verbs());
    if (!type.shortNames().isEmpty()) {
      texts(resource, "shortNames", type.shortNames());
    }
    if (!type.categories().isEmpty()) {
      texts(resource, "categories", type.categories());
    }
    if (type.stored()) {
      resource.put("storageVersionHash", hash(type));
    }
    return resource;
  }

  private static ObjectNode subresource(ResourceType type, Subresource subresource) {
    ObjectNode resource = Json.object();
    resource
        .put("name", type.resource() + "/" + subresource.name())
        .put("singularName", "")
        .put("namespaced", type.namespaced());
    boolean foreign =
        !subresource.group().equals(type.group()) || !subresource.version().equals(type.version());
    if (foreign) {
      resource.put("group", subresource.group()).put("version", subresource.version());
    }
    resource.put("kind", subresource.kind());
    texts(resource, "verbs", subresource.verbs());
    return resource;
  }

  private static String hash(ResourceType type) {
    int hash = (type.apiVersion() + "/" + type.kind()).hashCode();
    byte[] text = Integer.toHexString(hash).getBytes(StandardCharsets.US_ASCII);
    return Base64.getEncoder().encodeToString(text);
  }

  static void texts(ObjectNode object, String field, List<String> texts) {
    ArrayNode array = object.putArray(field);
    texts.forEach(array::add);
  }
}
