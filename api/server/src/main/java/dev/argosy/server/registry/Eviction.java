package dev.argosy.server.registry;

import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Status;
import dev.argosy.server.eviction.Budgets;
import dev.argosy.server.eviction.Judgement;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.spi.Change;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Deletes pods as far as their disruption budgets let them go. The budget is charged in the
 * transaction that deletes, so that of many evictions at once no more go through than it allows.
 */
final class Eviction {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final GroupResource POD = new GroupResource("", "Pod");
  private static final List<String> VERSIONS = List.of("policy/v1", "policy/v1beta1");
  private static final String UNREADABLE = "ignoreStoreReadErrorWithClusterBreakingPotential";

  private static final int LOCKS = 64;

  /** Evictions of one namespace wait here, so that they need not fight for a budget's revision. */
  private final List<ReentrantLock> locks =
      IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList();

  private final Deletion deletion;
  private final ResourceCaches caches;
  private final Clock clock;

  Eviction(Deletion deletion, ResourceCaches caches, Clock clock) {
    this.deletion = deletion;
    this.caches = caches;
    this.clock = clock;
  }

  /** Bodies of the older version are the same. */
  static void acceptVersions(ObjectNode eviction) {
    if (VERSIONS.contains(eviction.path("apiVersion").asString(""))) {
      eviction.put("apiVersion", VERSIONS.getFirst());
    }
  }

  /** Refuses a body that is not about the pod of the path. */
  static void check(Write write, ObjectNode eviction) {
    Metadata metadata = Metadata.of(eviction);
    Creation.requirePlace(write, metadata);
    if (!metadata.text("name").equals(write.name())) {
      throw Status.badRequest("name in URL does not match name in Eviction object").asException();
    }
    if (eviction.path("deleteOptions").path(UNREADABLE).asBoolean(false)) {
      Cause cause =
          new Cause(
              "FieldValueInvalid",
              "Invalid value: true: can not be set for pod eviction, try after removing the option",
              "deleteOptions." + UNREADABLE);
      throw Status.invalid("policy", "Eviction", write.name(), List.of(cause)).asException();
    }
  }

  void evict(Write asked, ObjectNode eviction) {
    JsonNode body = eviction.get("deleteOptions");
    DeleteOptions options = DeleteBody.options(body);
    boolean dry = asked.options().dryRun() || DeleteBody.dryRun(body);
    Write write = dry ? asked.with(asked.options().asDryRun()) : asked;
    int turn = Math.floorMod(31 * write.cluster().hashCode() + write.namespace().hashCode(), LOCKS);
    ReentrantLock lock = locks.get(turn);
    lock.lock();
    try {
      deletion.delete(write, options, new Budgeted());
    } finally {
      lock.unlock();
    }
  }

  /** What an eviction is more than a deletion. */
  private final class Budgeted implements Deletion.Company {

    @Override
    public void require(Write write, DeleteOptions options, ApiObject object) {
      if (write.options().dryRun()) {
        Preconditions.of(write, options, object);
        return;
      }
      same("UID", options.uid(), object.meta().uid(), write, "deleted and then recreated");
      same(
          "ResourceVersion",
          options.resourceVersion(),
          Long.toString(object.revision()),
          write,
          "modified");
    }

    @Override
    public List<Change> with(Write write, ObjectNode object, ObjectNode present) {
      List<Change> changes = new ArrayList<>();
      if (Budgets.protect(present)) {
        switch (Budgets.judge(present, budgets(write), clock.instant())) {
          case Judgement.Free free -> {}
          case Judgement.Charged(ApiObject budget, ObjectNode charged) ->
              changes.add(charge(budget, charged));
          case Judgement.Refused(Status why) -> throw why.asException();
        }
      }
      if (!write.options().dryRun()) {
        note(object);
      }
      return changes;
    }

    private List<ApiObject> budgets(Write write) {
      List<ApiObject> all = new ArrayList<>();
      caches
          .of(Budgets.RESOURCE)
          .currentSnapshot(PATIENCE)
          .list(write.cluster(), write.namespace())
          .forEach(all::add);
      return all;
    }

    private Change charge(ApiObject budget, ObjectNode charged) {
      Metadata.of(charged).takeResourceVersion();
      return new Change.Update(budget.key(), budget.revision(), Json.canonical(charged));
    }

    /** Tells the pod's owner why it goes. */
    private void note(ObjectNode pod) {
      ObjectNode status =
          pod.get("status") instanceof ObjectNode found ? found : pod.putObject("status");
      ArrayNode conditions =
          status.get("conditions") instanceof ArrayNode found
              ? found
              : status.putArray("conditions");
      ObjectNode condition = null;
      for (JsonNode one : conditions) {
        if (one instanceof ObjectNode own
            && own.path("type").asString("").equals("DisruptionTarget")) {
          condition = own;
        }
      }
      if (condition == null) {
        condition = conditions.addObject().put("type", "DisruptionTarget");
      }
      if (!condition.path("status").asString("").equals("True")) {
        condition.put("status", "True");
        condition.put("lastTransitionTime", Metadata.timestamp(clock.instant()));
      }
      condition.put("reason", "EvictionByEvictionAPI").put("message", "Eviction API: evicting");
    }
  }

  private static void same(
      String what, @Nullable String wanted, String found, Write write, String perhaps) {
    if (wanted != null && !wanted.equals(found)) {
      String why =
          "the %1$s in the precondition (%2$s) does not match the %1$s in record (%3$s). The object"
              + " might have been %4$s";
      throw Status.conflict(POD, write.name(), why.formatted(what, wanted, found, perhaps))
          .asException();
    }
  }
}
