package dev.argosy.controllers.podgc;

import dev.argosy.controllers.pod.PodView;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Which pods of a cluster go if too many have ended: those that were evicted first, then the
 * oldest. Those with finalizers stay: somebody, as a Job, still has to look at them.
 */
final class EndedPods {

  private record Ended(PodView pod, boolean evicted, Instant created) {

    private static final Comparator<Ended> FIRST_TO_GO =
        Comparator.comparing((Ended e) -> !e.evicted())
            .thenComparing(Ended::created)
            .thenComparing(e -> e.pod().key());

    static Ended of(PodView pod) {
      boolean evicted =
          pod.phase().equals("Failed")
              && pod.object().tree().at("/status/reason").asString("").equals("Evicted");
      Instant created = pod.object().meta().creationTimestamp();
      return new Ended(pod, evicted, Objects.requireNonNullElse(created, Instant.EPOCH));
    }
  }

  private EndedPods() {}

  /** Those beyond so many, the first to go first. */
  static List<PodView> beyond(int most, List<PodView> ended) {
    return ended.size() <= most
        ? List.of()
        : ended.stream()
            .filter(pod -> pod.object().meta().finalizers().isEmpty())
            .map(Ended::of)
            .sorted(Ended.FIRST_TO_GO)
            .map(Ended::pod)
            .limit(ended.size() - most)
            .toList();
  }
}
