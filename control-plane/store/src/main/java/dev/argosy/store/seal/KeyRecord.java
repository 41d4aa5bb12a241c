package dev.argosy.store.seal;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.seal.spi.WrappedKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The data keys of one logical cluster as the store has them.
 *
 * @param keys the last is the one that is written with; the others are there to read. Not empty
 * @param resources of which something was ever sealed in this cluster, so that nobody who asks
 *     whether a key is in use overlooks one that is no longer sealed
 */
record KeyRecord(List<Entry> keys, Set<GroupResource> resources) {

  /** No API group has such a name, so nothing that a tenant defines comes here. */
  static final GroupResource RESOURCE = new GroupResource("~seal", "keys");

  /** One data key, wrapped. */
  record Entry(long id, WrappedKey wrapped, Instant created) {}

  KeyRecord {
    keys = List.copyOf(keys);
    resources = Set.copyOf(resources);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no data key");
    }
  }

  static ObjectKey place(String cluster) {
    return new ObjectKey(RESOURCE, cluster, "", "keys");
  }

  /** What a wrapped key is bound to: a cluster's key unwraps as no other cluster's, or other id. */
  static byte[] context(String cluster, long id) {
    ObjectKey place = new ObjectKey(RESOURCE, cluster, "", DataKey.text(id));
    return Envelope.bytes(place);
  }

  Entry current() {
    return keys.getLast();
  }

  Optional<Entry> find(long id) {
    return keys.stream().filter(key -> key.id() == id).findFirst();
  }

  KeyRecord with(GroupResource resource) {
    Set<GroupResource> more = new TreeSet<>(resources);
    more.add(resource);
    return new KeyRecord(keys, more);
  }

  KeyRecord with(Entry fresh) {
    List<Entry> more = new ArrayList<>(keys);
    more.add(fresh);
    return new KeyRecord(more, resources);
  }

  KeyRecord without(Set<Long> ids) {
    return new KeyRecord(keys.stream().filter(key -> !ids.contains(key.id())).toList(), resources);
  }

  byte[] json() {
    ObjectNode record = Json.object();
    ArrayNode all = record.putArray("keys");
    for (Entry key : keys) {
      ObjectNode entry = all.addObject();
      entry.put("id", DataKey.text(key.id()));
      entry.put("created", key.created().toString());
      entry.put("wrappedBy", key.wrapped().keyId());
      entry.put("wrapped", Base64.getEncoder().encodeToString(key.wrapped().bytes()));
      ObjectNode annotations = entry.putObject("annotations");
      key.wrapped().annotations().forEach(annotations::put);
    }
    ArrayNode names = record.putArray("resources");
    resources.stream().sorted().forEach(resource -> names.add(resource.toString()));
    return Json.mapper().writeValueAsBytes(record);
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws RuntimeException if it is something else
   */
  static KeyRecord parse(byte[] json) {
    ObjectNode record = Json.parse(json);
    List<Entry> keys = new ArrayList<>();
    record.path("keys").forEach(entry -> keys.add(entry(entry)));
    Set<GroupResource> resources = new TreeSet<>();
    record.path("resources").forEach(name -> resources.add(resource(name.asString())));
    return new KeyRecord(keys, resources);
  }

  private static Entry entry(JsonNode entry) {
    Map<String, String> annotations = new HashMap<>();
    entry
        .path("annotations")
        .properties()
        .forEach(each -> annotations.put(each.getKey(), each.getValue().asString()));
    return new Entry(
        DataKey.id(entry.path("id").asString()),
        new WrappedKey(
            entry.path("wrappedBy").asString(),
            Base64.getDecoder().decode(entry.path("wrapped").asString()),
            annotations),
        Instant.parse(entry.path("created").asString()));
  }

  /** Of {@code secrets} or {@code things.example.org}. */
  static GroupResource resource(String name) {
    int dot = name.indexOf('.');
    return dot < 0
        ? new GroupResource("", name)
        : new GroupResource(name.substring(dot + 1), name.substring(0, dot));
  }
}
