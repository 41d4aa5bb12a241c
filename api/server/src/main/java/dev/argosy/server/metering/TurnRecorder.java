package dev.argosy.server.metering;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.store.spi.Change;
import dev.argosy.tenancy.usage.UsageTurn;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Adds to a write what it changes of what is charged for, to be written in the same transaction:
 * the turn is there if and only if the write is, whichever server dies. Called on every write of
 * the kinds that are charged for; looks at nothing but memory.
 */
public final class TurnRecorder {

  private final ClusterDirectory clusters;
  private final Set<String> labels;
  private final Clock clock;
  private final boolean on;

  private TurnRecorder(ClusterDirectory clusters, Set<String> labels, Clock clock, boolean on) {
    this.clusters = clusters;
    this.labels = labels;
    this.clock = clock;
    this.on = on;
  }

  /**
   * One that records.
   *
   * @param labels by which usage is told apart
   */
  static TurnRecorder of(ClusterDirectory clusters, Set<String> labels, Clock clock) {
    return new TurnRecorder(clusters, labels, clock, true);
  }

  /** One that records nothing. */
  public static TurnRecorder none() {
    return new TurnRecorder(name -> Optional.empty(), Set.of(), Clock.systemUTC(), false);
  }

  /**
   * The turn that a write makes.
   *
   * @param object as it becomes; null if it goes
   * @param old as it was; null if it is new
   * @param changes the write's own
   */
  public Optional<Change> turn(
      ObjectKey key, @Nullable JsonNode object, @Nullable JsonNode old, List<Change> changes) {
    if (!on || !Allocation.KINDS.containsKey(key.resource())) {
      return Optional.empty();
    }
    Allocation after = allocation(key, object);
    Allocation before = allocation(key, old);
    if (after.equals(before)) {
      return Optional.empty();
    }
    JsonNode known = object == null ? old : object;
    String uid = known == null ? "" : known.path("metadata").path("uid").asString("");
    return uid.isEmpty() ? Optional.empty() : Optional.of(change(key, uid, after, changes));
  }

  private Allocation allocation(ObjectKey key, @Nullable JsonNode object) {
    return object == null ? Allocation.NONE : Allocation.of(key.resource(), object, labels);
  }

  /** A state is left once, so its revision makes a name of its own. */
  private Change change(ObjectKey key, String uid, Allocation after, List<Change> changes) {
    long left = 0;
    for (Change change : changes) {
      if (change.key().equals(key)) {
        left = expected(change);
      }
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UsageTurn turn =
        new UsageTurn(uid, 1, now, subject(key, after), after.labels(), after.amounts());
    return new Change.Create(Turns.key(uid, left), Json.canonical(Turns.json(turn)));
  }

  private static long expected(Change change) {
    return switch (change) {
      case Change.Create create -> 0;
      case Change.Update update -> update.expectedRevision();
      case Change.Delete delete -> delete.expectedRevision();
      case Change.Check check -> check.expectedRevision();
    };
  }

  UsageTurn.Subject subject(ObjectKey key, Allocation allocation) {
    String tenant = clusters.find(key.cluster()).map(LogicalCluster::uid).orElse("");
    return new UsageTurn.Subject(
        key.cluster(),
        tenant,
        String.valueOf(Allocation.KINDS.get(key.resource())),
        key.namespace(),
        key.name(),
        allocation.node());
  }
}
