package dev.argosy.scheduler.topology;

import dev.argosy.model.selector.Requirement;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.pod.Selection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Finds what is filed under selections that may mean a pod, by one label that they ask for. */
final class SelectionIndex<T> {

  /** A label with a value, or none if the selection asks for no certain one. */
  private record Place(String cluster, String key, String value) {}

  private final Map<Place, Set<T>> places = new HashMap<>();

  void add(Selection selection, T value) {
    forEachPlace(
        selection, place -> places.computeIfAbsent(place, p -> new LinkedHashSet<>()).add(value));
  }

  void remove(Selection selection, T value) {
    forEachPlace(
        selection,
        place ->
            places.computeIfPresent(
                place,
                (p, values) -> {
                  values.remove(value);
                  return values.isEmpty() ? null : values;
                }));
  }

  private static void forEachPlace(Selection selection, Consumer<Place> action) {
    Optional<Requirement> one = selection.labels().oneOf();
    if (!selection.owner().isEmpty()) {
      action.accept(new Place(selection.cluster(), "", selection.owner()));
    } else if (one.isEmpty()) {
      action.accept(new Place(selection.cluster(), "", ""));
    } else {
      for (String value : one.get().values()) {
        action.accept(new Place(selection.cluster(), one.get().key(), value));
      }
    }
  }

  /** Calls with all that may mean the pod; whether it does is for the caller to find out. */
  void forEach(PodView pod, Consumer<T> action) {
    if (places.isEmpty()) {
      return;
    }
    String cluster = pod.key().cluster();
    of(new Place(cluster, "", "")).forEach(action);
    if (!pod.company().owner().isEmpty()) {
      of(new Place(cluster, "", pod.company().owner())).forEach(action);
    }
    for (Map.Entry<String, String> label : pod.company().labels().entrySet()) {
      of(new Place(cluster, label.getKey(), label.getValue())).forEach(action);
    }
  }

  private Set<T> of(Place place) {
    return places.getOrDefault(place, Set.of());
  }
}
