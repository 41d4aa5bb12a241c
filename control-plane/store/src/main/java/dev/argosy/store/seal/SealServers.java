package dev.argosy.store.seal;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.seal.spi.KeyService;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoredValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The servers on one store, as they tell each other which key-encryption keys they have: each keeps
 * a value that ends by itself when the server is gone. Nothing is wrapped with a key that one of
 * them lacks. One thread calls {@link #tell}; any thread asks for the choice.
 */
final class SealServers {

  static final GroupResource RESOURCE = new GroupResource(KeyRecord.RESOURCE.group(), "servers");

  /** How long a server that stopped telling counts as one. */
  static final Duration LIFETIME = Duration.ofMinutes(1);

  private static final String ROOT = "root";

  private final ResourceStore store;
  private final KeyService service;
  private final ObjectKey own;
  private volatile Map<String, List<String>> known = Map.of();
  private volatile @Nullable String choice;

  /**
   * @param name of this server; another after each start
   */
  SealServers(ResourceStore store, KeyService service, String name) {
    this.store = store;
    this.service = service;
    this.own = new ObjectKey(RESOURCE, ROOT, "", name);
  }

  /** Tells the others what this server has, then looks at what they have. */
  void tell() {
    List<String> keys = service.keys();
    Optional<StoredValue> before = store.get(own);
    byte[] value = json(keys);
    store.commit(
        List.of(
            before
                .<Change>map(old -> new Change.Update(own, old.revision(), value, LIFETIME))
                .orElseGet(() -> new Change.Create(own, value, LIFETIME))));
    Map<String, List<String>> all = new TreeMap<>();
    for (StoredValue each : store.list(RESOURCE, ROOT, 0, null, 0).values()) {
      all.put(each.key().name(), keys(each.value()));
    }
    known = all;
    choice = choose(keys, all);
  }

  private @Nullable String choose(List<String> keys, Map<String, List<String>> all) {
    return keys.stream()
        .filter(key -> all.values().stream().allMatch(other -> service.shared(key, other)))
        .findFirst()
        .orElse(null);
  }

  /**
   * The newest key-encryption key that every server has.
   *
   * @throws SealedException if there is none
   */
  String choice() {
    String chosen = choice;
    if (chosen == null) {
      throw new SealedException(
          service.keys().isEmpty()
              ? "this API server has no keyring; set argosy.encryption.keyring"
              : "the API servers have no key-encryption key in common; give all of them the same"
                  + " keyring file");
    }
    return chosen;
  }

  /** As {@link #choice}, empty if there is none. */
  String chosen() {
    String chosen = choice;
    return chosen == null ? "" : chosen;
  }

  /** Whether this server does what one of them has to do. Two may think so for a while. */
  boolean first() {
    return known.keySet().stream().findFirst().map(own.name()::equals).orElse(false);
  }

  /** The keys of each server, by its name. */
  Map<String, List<String>> all() {
    return known;
  }

  /** Says goodbye. */
  void leave() {
    store
        .get(own)
        .ifPresent(value -> store.commit(List.of(new Change.Delete(own, value.revision()))));
  }

  private static byte[] json(List<String> keys) {
    ObjectNode value = Json.object();
    ArrayNode names = value.putArray("keys");
    keys.forEach(names::add);
    return Json.mapper().writeValueAsBytes(value);
  }

  private static List<String> keys(byte[] json) {
    List<String> keys = new ArrayList<>();
    Json.parse(json).path("keys").forEach(key -> keys.add(key.asString()));
    return keys;
  }
}
