package dev.argosy.agent.device;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who has which devices. Within a pod, init containers and those after them may have the same; no
 * two pods have.
 *
 * @param owned by pod's uid, container, and resource
 */
record DeviceLedger(Map<String, Map<String, Map<String, Held>>> owned) {

  static final DeviceLedger EMPTY = new DeviceLedger(Map.of());

  /**
   * Devices of one resource that one container has.
   *
   * @param grant what they bring; empty while the plug-in has not said, or after that was lost
   */
  record Held(Set<String> ids, Optional<Grant> grant) {
    Held {
      ids = Set.copyOf(ids);
    }
  }

  DeviceLedger {
    Map<String, Map<String, Map<String, Held>>> copy = new HashMap<>();
    Map<String, String> seen = new HashMap<>();
    owned.forEach((uid, containers) -> {
      Map<String, Map<String, Held>> all = new HashMap<>();
      containers.forEach((name, held) -> {
        held.forEach((resource, one) ->
            one.ids()
                .forEach(id -> {
                  String other = seen.put(resource + " " + id, uid);
                  if (other != null && !other.equals(uid)) {
                    throw new IllegalArgumentException(
                        "device " + id + " of " + resource + " is given twice");
                  }
                }));
        all.put(name, Map.copyOf(held));
      });
      copy.put(uid, Map.copyOf(all));
    });
    owned = Map.copyOf(copy);
  }

  /** Resources that a container has devices of. */
  Map<String, Held> of(String uid, String container) {
    return owned.getOrDefault(uid, Map.of()).getOrDefault(container, Map.of());
  }

  /** All devices of a resource that somebody has. */
  Set<String> taken(String resource) {
    Set<String> taken = new TreeSet<>();
    owned
        .values()
        .forEach(containers ->
            containers
                .values()
                .forEach(held -> {
                  Held one = held.get(resource);
                  if (one != null) {
                    taken.addAll(one.ids());
                  }
                }));
    return taken;
  }

  /** Those of a pod's containers. */
  Set<String> taken(String uid, String container, String resource) {
    Held held = of(uid, container).get(resource);
    return held == null ? Set.of() : held.ids();
  }

  Set<String> resources() {
    Set<String> all = new TreeSet<>();
    owned.values().forEach(c -> c.values().forEach(held -> all.addAll(held.keySet())));
    return all;
  }

  /**
   * With these for a container.
   *
   * @throws IllegalArgumentException if another pod has one of them
   */
  DeviceLedger with(String uid, String container, String resource, Held held) {
    Map<String, Map<String, Map<String, Held>>> next = new HashMap<>(owned);
    Map<String, Map<String, Held>> containers = new HashMap<>(next.getOrDefault(uid, Map.of()));
    Map<String, Held> own = new HashMap<>(containers.getOrDefault(container, Map.of()));
    own.put(resource, held);
    containers.put(container, own);
    next.put(uid, containers);
    return new DeviceLedger(next);
  }

  DeviceLedger without(String uid) {
    Map<String, Map<String, Map<String, Held>>> next = new TreeMap<>(owned);
    next.remove(uid);
    return new DeviceLedger(next);
  }

  /** Pods that have some. */
  Set<String> pods() {
    return new HashSet<>(owned.keySet());
  }
}
