package dev.argosy.tenancy.usage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From a time on a subject is allocated other amounts than before.
 *
 * @param uid of the subject, which never comes back
 * @param revision of the store that wrote it: turns of one subject follow each other by it
 * @param labels those by which usage is told apart
 * @param allocated by resource, in cores, bytes or pieces, none of them 0; empty if it is over
 */
public record UsageTurn(
    String uid,
    long revision,
    Instant at,
    Subject subject,
    Map<String, String> labels,
    SortedMap<String, BigDecimal> allocated) {

  /**
   * What is charged for.
   *
   * @param tenantUid of the tenant whose cluster it is in; empty for the platform's own
   * @param namespace empty if it is in none
   * @param node empty if it is on none
   */
  public record Subject(
      String cluster, String tenantUid, String kind, String namespace, String name, String node) {}

  public UsageTurn {
    if (uid.isEmpty() || revision < 1) {
      throw new IllegalArgumentException("a turn needs a uid and a revision");
    }
    labels = Map.copyOf(labels);
    allocated = Collections.unmodifiableSortedMap(new TreeMap<>(allocated));
  }

  /** The same at another revision. */
  public UsageTurn at(long other) {
    return new UsageTurn(uid, other, at, subject, labels, allocated);
  }
}
