package dev.argosy.scheduler.whatif;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What is kept of a query in memory.
 *
 * @param answeredAt empty until the present generation is answered
 * @param kept how long it is kept after that
 */
record Query(
    ObjectKey key, String uid, long generation, Optional<Instant> answeredAt, Duration kept) {

  private static final GroupResource QUERIES =
      new GroupResource("scheduling.argosy.dev", "placementqueries");
  private static final int HOUR = 3600;

  /** All queries of all clusters. */
  static final InformerSpec<Query> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(QUERIES), Query::of);

  static Query of(ApiObject query) {
    JsonNode tree = query.tree();
    JsonNode status = tree.path("status");
    long generation = tree.path("metadata").path("generation").asLong(0);
    String at = status.path("answeredAt").asString("");
    boolean answered = status.path("observedGeneration").asLong(-1) == generation && !at.isEmpty();
    return new Query(
        query.key(),
        query.meta().uid(),
        generation,
        answered ? Optional.of(Instant.parse(at)) : Optional.empty(),
        Duration.ofSeconds(tree.path("spec").path("ttlSecondsAfterAnswered").asInt(HOUR)));
  }
}
