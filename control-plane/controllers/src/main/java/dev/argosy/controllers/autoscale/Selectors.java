package dev.argosy.controllers.autoscale;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.selector.LabelSelector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Which pods each autoscaler was last seen to be about. Safe for many threads. */
final class Selectors {

  private final Predicate<ObjectKey> present;
  private final Map<String, Map<ObjectKey, LabelSelector>> known = new ConcurrentHashMap<>();

  /**
   * @param present whether an autoscaler is still there
   */
  Selectors(Predicate<ObjectKey> present) {
    this.present = present;
  }

  /** Remembers; answers all autoscalers that one of the pods belongs to, in order, this one too. */
  List<String> claim(ScalerView scaler, LabelSelector selector, List<PodView> pods) {
    Map<ObjectKey, LabelSelector> beside =
        known.compute(
            scaler.place(),
            (place, before) -> {
              Map<ObjectKey, LabelSelector> next =
                  before == null ? new HashMap<>() : new HashMap<>(before);
              next.put(scaler.key(), selector);
              return Map.copyOf(next);
            });
    return beside.entrySet().stream()
        .filter(other ->
            other.getKey().equals(scaler.key())
                || present.test(other.getKey()) && covers(other.getValue(), pods))
        .map(other -> other.getKey().namespace() + "/" + other.getKey().name())
        .sorted()
        .toList();
  }

  private static boolean covers(LabelSelector selector, List<PodView> pods) {
    return pods.stream().anyMatch(pod -> selector.matches(pod.object().meta().labels()));
  }

  void forget(ObjectKey scaler) {
    known.computeIfPresent(
        PodView.place(scaler.cluster(), scaler.namespace()),
        (place, beside) -> {
          Map<ObjectKey, LabelSelector> next = new HashMap<>(beside);
          next.remove(scaler);
          return next.isEmpty() ? null : Map.copyOf(next);
        });
  }
}
