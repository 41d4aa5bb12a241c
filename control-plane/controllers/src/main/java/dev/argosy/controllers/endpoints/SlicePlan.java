package dev.argosy.controllers.endpoints;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which slices to write so that they hold the wanted endpoints, with as few writes as possible: an
 * endpoint stays in its slice, new ones fill what is there.
 */
record SlicePlan(List<Content> create, Map<SliceView, Content> update, List<SliceView> delete) {

  /** As many as one slice may hold. */
  static final int FULL = 100;

  /** What a slice shall hold. */
  record Content(Backends.Group group, List<Endpoint> endpoints) {}

  SlicePlan {
    create = List.copyOf(create);
    update = Map.copyOf(update);
    delete = List.copyOf(delete);
  }

  /**
   * @param labels that every slice of the Service shall have
   */
  static SlicePlan of(
      List<SliceView> present,
      Map<Backends.Group, List<Endpoint>> wanted,
      Map<String, String> labels) {
    List<Content> create = new ArrayList<>();
    Map<SliceView, Content> update = new LinkedHashMap<>();
    List<SliceView> delete = new ArrayList<>();
    for (SliceView slice : present) {
      if (!wanted.containsKey(slice.group())) {
        delete.add(slice);
      }
    }
    wanted.forEach((group, endpoints) -> {
      List<SliceView> own =
          present.stream().filter(s -> s.group().equals(group)).sorted(OLDEST).toList();
      fill(group, own, endpoints, labels, create, update, delete);
    });
    return new SlicePlan(create, update, delete);
  }

  private static final Comparator<SliceView> OLDEST = Comparator.comparing(s -> s.key().name());

  private static void fill(
      Backends.Group group,
      List<SliceView> own,
      List<Endpoint> endpoints,
      Map<String, String> labels,
      List<Content> create,
      Map<SliceView, Content> update,
      List<SliceView> delete) {
    Map<String, Endpoint> left = new LinkedHashMap<>();
    endpoints.forEach(e -> left.put(e.id(), e));
    Map<SliceView, List<Endpoint>> next = new LinkedHashMap<>();
    for (SliceView slice : own) {
      next.put(slice, kept(slice, left));
    }
    List<Endpoint> fresh = new ArrayList<>(left.values());
    for (List<Endpoint> content : next.values()) {
      while (!fresh.isEmpty() && content.size() < FULL) {
        content.add(fresh.removeFirst());
      }
    }
    for (int i = 0; i < fresh.size(); i += FULL) {
      create.add(
          new Content(group, List.copyOf(fresh.subList(i, Math.min(i + FULL, fresh.size())))));
    }
    boolean placeholder = endpoints.isEmpty();
    if (placeholder && own.isEmpty()) {
      create.add(new Content(group, List.of()));
    }
    for (Map.Entry<SliceView, List<Endpoint>> entry : next.entrySet()) {
      SliceView slice = entry.getKey();
      if (entry.getValue().isEmpty() && !(placeholder && slice.equals(own.getFirst()))) {
        delete.add(slice);
      } else if (!new HashMap<>(labels).equals(slice.labels())
          || !entry.getValue().equals(slice.endpoints())) {
        update.put(slice, new Content(group, List.copyOf(entry.getValue())));
      }
    }
  }

  /** Those of the slice that are still wanted, in their present state; takes them out of left. */
  private static List<Endpoint> kept(SliceView slice, Map<String, Endpoint> left) {
    List<Endpoint> kept = new ArrayList<>();
    for (Endpoint old : slice.endpoints()) {
      Endpoint now = left.remove(old.id());
      if (now != null) {
        kept.add(now);
      }
    }
    return kept;
  }
}
