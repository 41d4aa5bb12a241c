package dev.argosy.server.metering;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.store.cache.CacheSnapshot;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.store.cache.WatchCache;
import dev.argosy.tenancy.usage.UsageTurn;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Everything that is charged for as it is at one revision, read from the watch caches. */
final class Recount {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ResourceCaches caches;
  private final TurnRecorder recorder;
  private final Set<String> labels;

  Recount(ResourceCaches caches, TurnRecorder recorder, Set<String> labels) {
    this.caches = caches;
    this.recorder = recorder;
    this.labels = labels;
  }

  /** All of it; empty if the caches do not have that revision, or not any more. */
  Optional<List<UsageTurn>> at(long revision, Instant now) {
    List<UsageTurn> all = new ArrayList<>();
    for (GroupResource resource : Allocation.KINDS.keySet()) {
      WatchCache cache = caches.of(resource);
      Optional<CacheSnapshot> state =
          cache.awaitRevision(revision, PATIENCE) ? cache.snapshotAt(revision) : Optional.empty();
      if (state.isEmpty()) {
        return Optional.empty();
      }
      for (ApiObject object : state.get().list("", "")) {
        add(object, now, all);
      }
    }
    return Optional.of(all);
  }

  private void add(ApiObject object, Instant now, List<UsageTurn> all) {
    JsonNode tree = object.content();
    Allocation allocation = Allocation.of(object.key().resource(), tree, labels);
    String uid = tree.path("metadata").path("uid").asString("");
    if (!allocation.none() && !uid.isEmpty()) {
      all.add(
          new UsageTurn(
              uid,
              object.revision(),
              begin(tree).filter(now::isAfter).orElse(now),
              recorder.subject(object.key(), allocation),
              allocation.labels(),
              allocation.amounts()));
    }
  }

  /** When it says that it began: a pod when it got its node, others when they were made. */
  private static Optional<Instant> begin(JsonNode object) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals("PodScheduled")
          && condition.path("status").asString("").equals("True")) {
        return time(condition.path("lastTransitionTime"));
      }
    }
    return time(object.path("status").path("startTime"))
        .or(() -> time(object.path("metadata").path("creationTimestamp")));
  }

  private static Optional<Instant> time(JsonNode text) {
    try {
      return Optional.of(Instant.parse(text.asString("")));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
