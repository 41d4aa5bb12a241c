package dev.argosy.server.quota;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which quotas bind the writes of a place: a namespace, or a whole cluster. It is written in the
 * transaction of every write that makes a quota, changes what it bounds, or removes it; and every
 * other write of the place holds only if it is still as that write knew it. So nothing is written
 * past a quota, on whatever server, and a quota that is counted after its ledger was written counts
 * all that is not charged to it. A place without quotas, and below no other cluster, has none.
 *
 * @param revision 0 if there is none
 * @param quotas by name, in order
 * @param parent the cluster whose quotas bind this one, too; empty for none
 * @param strange whether it was written by a server that charges its quotas in another way
 */
public record Ledger(
    ObjectKey key, long revision, List<String> quotas, String parent, boolean strange) {

  public static final GroupResource RESOURCE = new GroupResource("quota.argosy.dev", "ledgers");
  private static final Object MAKER = new Object();
  private static final String NAME = "quotas";

  /**
   * Where a namespace's says its quotas. Servers that charged them without shares do not read it,
   * and what those wrote is strange here: so each enters them anew, and has them counted.
   */
  private static final String SHARED = "shared";

  private static final String PARENT = "parent";

  public Ledger {
    quotas = List.copyOf(quotas);
  }

  /** Where the ledger of a place is kept; a cluster's has no namespace. */
  public static ObjectKey keyOf(String cluster, String namespace) {
    return new ObjectKey(RESOURCE, cluster, namespace, NAME);
  }

  /** The ledger of that key. */
  public static Ledger of(ObjectKey key, Optional<ApiObject> stored) {
    return stored.map(Ledger::of).orElse(new Ledger(key, 0, List.of(), "", false));
  }

  /** The ledger that an object says. */
  public static Ledger of(ApiObject object) {
    return object.derived(Ledger.class, MAKER, Ledger::read);
  }

  private static Ledger read(ApiObject object) {
    List<String> names =
        object
            .tree()
            .path(list(object.key()))
            .valueStream()
            .map((JsonNode name) -> name.asString(""))
            .toList();
    String parent = object.tree().path(PARENT).asString("");
    boolean strange = !list(object.key()).equals(NAME) && object.tree().has(NAME);
    return new Ledger(object.key(), object.revision(), names, parent, strange);
  }

  private static String list(ObjectKey key) {
    return key.namespace().isEmpty() ? NAME : SHARED;
  }

  /** Nobody has changed it. */
  public Change kept() {
    return new Change.Check(key, revision);
  }

  /** It says the same, but whoever knew it before has to look anew. */
  public Change touched() {
    return of(new TreeSet<>(quotas));
  }

  /** A quota binds from now on, or in another way. */
  public Change with(String quota) {
    Set<String> names = new TreeSet<>(quotas);
    names.add(quota);
    return of(names);
  }

  /** A quota binds no longer. */
  public Change without(String quota) {
    Set<String> names = new TreeSet<>(quotas);
    names.remove(quota);
    return of(names);
  }

  /** These quotas bind from now on. */
  public Change of(Set<String> names) {
    return of(names, parent);
  }

  /** The quotas of another cluster bind it too, and those that bind that. */
  public Change under(String other) {
    return of(new TreeSet<>(quotas), other);
  }

  /** By which the caches know the ledgers of the clusters below one. */
  public static String ownerOf(String cluster) {
    return "tenant:" + cluster;
  }

  private Change of(Set<String> names, String above) {
    if (names.isEmpty() && above.isEmpty()) {
      return revision == 0 ? kept() : new Change.Delete(key, revision);
    }
    ObjectNode object = Json.object();
    object.put("apiVersion", RESOURCE.group() + "/v1").put("kind", "Ledger");
    ObjectNode metadata = object.putObject("metadata");
    if (!above.isEmpty()) {
      ObjectNode owner = metadata.putArray("ownerReferences").addObject();
      owner.put("apiVersion", RESOURCE.group() + "/v1").put("kind", "Ledger");
      owner.put("name", NAME).put("uid", ownerOf(above));
      object.put(PARENT, above);
    }
    ArrayNode list = object.putArray(list(key));
    names.forEach(list::add);
    byte[] value = Json.canonical(object);
    return revision == 0 ? new Change.Create(key, value) : new Change.Update(key, revision, value);
  }
}
