package dev.argosy.agent.resource;

import dev.argosy.agent.garbage.GarbageSettings;
import dev.argosy.agent.pressure.EvictionSettings;
import java.time.Duration;

/**
 * How the node deals with its resources.
 *
 * @param countEvery how often is counted what pods with a limit keep on the disk
 */
public record ResourceSettings(
    EvictionSettings eviction, GarbageSettings garbage, Duration countEvery) {

  public static final ResourceSettings DEFAULT =
      new ResourceSettings(
          EvictionSettings.DEFAULT, GarbageSettings.DEFAULT, Duration.ofMinutes(1));

  public ResourceSettings {
    if (countEvery.compareTo(Duration.ofSeconds(10)) < 0) {
      throw new IllegalArgumentException(
          "--volume-stats-agg-period is at least 10s: counting costs time of the disk");
    }
  }
}
