package dev.argosy.server.metering;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.use.InstanceUse;
import dev.argosy.model.use.PodUse;
import dev.argosy.server.use.UseKeeper;
import dev.argosy.tenancy.usage.UsageTurn;
import dev.argosy.tenancy.usage.UsedLedger;
import dev.argosy.tenancy.usage.UsedPod;
import dev.argosy.tenancy.usage.UsedReport;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what pods use to the ledger: of each node every minute, and at once when something has
 * ended. Reports between are left out and nothing is lost by it, since counters only grow.
 */
final class UsedRecorder implements UseKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(UsedRecorder.class);

  private final UsedLedger ledger;
  private final TurnRecorder recorder;
  private final MeteringConfig config;
  private final Clock clock;
  private final Map<String, Instant> written = new ConcurrentHashMap<>();
  private final AtomicBoolean well = new AtomicBoolean(true);

  UsedRecorder(UsedLedger ledger, TurnRecorder recorder, MeteringConfig config, Clock clock) {
    this.ledger = ledger;
    this.recorder = recorder;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public boolean keep(Taken taken) {
    Instant now = clock.instant();
    Instant before = written.getOrDefault(taken.node(), Instant.EPOCH);
    if (before.plus(config.usedInterval()).isAfter(now) && !somethingEnded(taken)) {
      return true;
    }
    try {
      boolean kept = ledger.keep(report(taken), now);
      written.put(taken.node(), now);
      well.set(true);
      return kept;
    } catch (PersistenceException e) {
      if (well.getAndSet(false)) {
        LOG.warn("what pods use cannot be kept now; nothing is lost, nodes say it again", e);
      }
      return false;
    }
  }

  private static boolean somethingEnded(Taken taken) {
    return taken.report().pods().stream()
        .flatMap(pod -> pod.instances().stream())
        .map(InstanceUse::moment)
        .anyMatch(moment -> moment.ended());
  }

  private UsedReport report(Taken taken) {
    List<UsedPod> pods = new ArrayList<>();
    for (BoundPod bound : taken.bound()) {
      pods.add(
          new UsedPod(
              bound.use().pod().uid(),
              Optional.of(whose(bound.pod(), taken.node())),
              bound.use().instances()));
    }
    for (PodUse other : taken.others()) {
      pods.add(new UsedPod(other.pod().uid(), Optional.empty(), other.instances()));
    }
    return new UsedReport(taken.node(), taken.size().cores(), taken.size().memoryBytes(), pods);
  }

  /** Made once for each revision of the pod. */
  private UsedPod.Whose whose(ApiObject pod, String node) {
    return pod.derived(UsedPod.Whose.class, this, object -> whose(object.tree(), object, node));
  }

  private UsedPod.Whose whose(ObjectNode tree, ApiObject pod, String node) {
    Map<String, String> labels = Allocation.kept(tree, config.labels());
    UsageTurn.Subject subject =
        recorder.subject(pod.key(), new Allocation(node, labels, Allocation.NONE.amounts()));
    return new UsedPod.Whose(subject, labels);
  }
}
