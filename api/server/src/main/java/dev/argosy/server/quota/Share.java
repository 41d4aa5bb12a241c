package dev.argosy.server.quota;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.server.admission.Amounts;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.StoredValue;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * A part of a quota that is charged by itself, so that many writes can be charged at once. What is
 * granted to all shares together is what the quota bounds, what is used of them what is used of it.
 * No share uses more than it is granted; less than nothing, where it took back more than it was
 * charged.
 *
 * @param revision 0 if it is not there yet
 * @param guaranteed what those above keep for this quota, used or not; of a quota that has some
 *     this is the only share
 */
public record Share(
    ObjectKey key,
    long revision,
    Map<String, Quantity> granted,
    Map<String, Quantity> used,
    Map<String, Quantity> guaranteed) {

  public static final GroupResource RESOURCE = new GroupResource("quota.argosy.dev", "shares");

  /** Into so many a quota is parted at most. */
  public static final int MOST = 32;

  private static final String GUARANTEED = "guaranteed";

  /** In no name of a cluster, a namespace or a quota. */
  private static final String PART = ":";

  public Share {
    granted = Collections.unmodifiableMap(new TreeMap<>(granted));
    used = Collections.unmodifiableMap(new TreeMap<>(used));
    guaranteed = Collections.unmodifiableMap(new TreeMap<>(guaranteed));
  }

  /** A share of a quota without guarantees. */
  public Share(
      ObjectKey key, long revision, Map<String, Quantity> granted, Map<String, Quantity> used) {
    this(key, revision, granted, used, Map.of());
  }

  /** Where a share is kept: the quota that it is part of stands where others' cluster. */
  public static ObjectKey keyOf(String quota, int index) {
    return new ObjectKey(RESOURCE, quota, "", index < 10 ? "0" + index : "" + index);
  }

  /** A quota as its shares name it: a tenant's by name, a namespace's with its place. */
  public static String nameOf(ObjectKey quota) {
    return quota.resource().equals(Quota.OF_TENANTS)
        ? quota.name()
        : quota.cluster() + PART + quota.namespace() + PART + quota.name();
  }

  /** The quota that shares name so. */
  public static ObjectKey quotaOf(String name) {
    String[] parts = name.split(PART, -1);
    return parts.length == 1
        ? Quota.ofTenant(name)
        : new ObjectKey(Quota.RESOURCE, parts[0], parts[1], parts[2]);
  }

  /** The share of that key; one without anything if it is absent. */
  public static Share of(ObjectKey key, Optional<StoredValue> stored) {
    return stored
        .map(value -> of(key, value.revision(), Json.parse(value.value())))
        .orElse(new Share(key, 0, Map.of(), Map.of()));
  }

  /** The share that an object says. */
  public static Share of(ObjectKey key, long revision, ObjectNode tree) {
    return new Share(
        key,
        revision,
        Amounts.of(tree.path("granted")),
        Amounts.of(tree.path("used")),
        Amounts.of(tree.path(GUARANTEED)));
  }

  /**
   * What may still be charged to it; less than 0 only of a quota that was exceeded from the start.
   */
  public Quantity left(String name) {
    return granted
        .getOrDefault(name, Quantity.ZERO)
        .subtract(used.getOrDefault(name, Quantity.ZERO));
  }

  /** Whether all that is more can be charged to it; what is less always can. */
  public boolean bears(Map<String, Quantity> more) {
    return more.entrySet().stream()
        .allMatch(e -> e.getValue().signum() <= 0 || left(e.getKey()).compareTo(e.getValue()) >= 0);
  }

  public Share charged(Map<String, Quantity> more) {
    return new Share(key, revision, granted, sum(used, more), guaranteed);
  }

  /** With a larger grant, or, where it is less than nothing, a smaller one. */
  public Share granted(Map<String, Quantity> more) {
    return new Share(key, revision, sum(granted, more), used, guaranteed);
  }

  public Share at(long other) {
    return new Share(key, other, granted, used, guaranteed);
  }

  public Share guaranteed(Map<String, Quantity> other) {
    return new Share(key, revision, granted, used, other);
  }

  /** What makes it so. */
  public Change change() {
    ObjectNode object = Json.object();
    object.put("apiVersion", RESOURCE.group() + "/v1").put("kind", "Share");
    object.putObject("metadata");
    write(object.putObject("granted"), granted);
    write(object.putObject("used"), used);
    if (!guaranteed.isEmpty()) {
      write(object.putObject(GUARANTEED), guaranteed);
    }
    byte[] value = Json.canonical(object);
    return revision == 0 ? new Change.Create(key, value) : new Change.Update(key, revision, value);
  }

  private static void write(ObjectNode list, Map<String, Quantity> amounts) {
    amounts.forEach((name, amount) -> list.put(name, amount.toString()));
  }

  private static Map<String, Quantity> sum(
      Map<String, Quantity> amounts, Map<String, Quantity> more) {
    Map<String, Quantity> sum = new TreeMap<>(amounts);
    for (String name : new TreeSet<>(more.keySet())) {
      sum.merge(name, more.getOrDefault(name, Quantity.ZERO), Quantity::add);
    }
    return sum;
  }
}
