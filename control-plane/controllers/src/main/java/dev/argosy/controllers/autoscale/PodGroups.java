package dev.argosy.controllers.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pods of what is scaled, by how far what was measured of them counts.
 *
 * @param samples of those that are counted as they are
 * @param unready not yet ready: what was measured of them is set aside
 * @param missing of which nothing was measured
 * @param present all but those that have ended, or are about to
 */
record PodGroups(
    Map<String, Sample> samples,
    Set<String> unready,
    Set<String> missing,
    List<ScaledPod> present) {

  /** How long after its start a pod's CPU may be that of its beginning. */
  static final Duration BEGINNING = Duration.ofMinutes(5);

  /** How long after its start a change to not ready still means that it never was. */
  static final Duration FIRST_READINESS = Duration.ofSeconds(30);

  PodGroups {
    samples = Map.copyOf(samples);
    unready = Set.copyOf(unready);
    missing = Set.copyOf(missing);
    present = List.copyOf(present);
  }

  /**
   * @param cpu whether the CPU is measured, which pods use more of while they begin
   */
  static PodGroups of(
      List<ScaledPod> pods, Map<String, Sample> measured, boolean cpu, Instant now) {
    Map<String, Sample> samples = new HashMap<>();
    Set<String> unready = new HashSet<>();
    Set<String> missing = new HashSet<>();
    List<ScaledPod> present = new ArrayList<>();
    for (ScaledPod pod : pods) {
      if (pod.deleting() || pod.phase().equals("Failed") || pod.phase().equals("Succeeded")) {
        continue;
      }
      present.add(pod);
      Sample sample = measured.get(pod.name());
      if (pod.phase().equals("Pending")) {
        unready.add(pod.name());
      } else if (sample == null) {
        missing.add(pod.name());
      } else if (cpu && begins(pod, sample, now)) {
        unready.add(pod.name());
      } else {
        samples.put(pod.name(), sample);
      }
    }
    return new PodGroups(samples, unready, missing, present);
  }

  private static boolean begins(ScaledPod pod, Sample sample, Instant now) {
    if (pod.ready().isEmpty() || pod.started().isEmpty()) {
      return true;
    }
    ScaledPod.Readiness ready = pod.ready().get();
    Instant started = pod.started().get();
    return started.plus(BEGINNING).isAfter(now)
        ? !ready.ready() || sample.at().isBefore(ready.since().plus(sample.window()))
        : !ready.ready() && started.plus(FIRST_READINESS).isAfter(ready.since());
  }
}
