package dev.argosy.scheduler.volume;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.scheduler.pod.Demand;
import dev.argosy.scheduler.pod.PodView;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Keeps pods and the volumes of their claims on the same node. */
public final class PodClaims {

  private final ApiClient client;
  private final Informer<ClaimNode> claims;

  public PodClaims(ApiClient client, Informer<ClaimNode> claims) {
    this.client = client;
    this.claims = claims;
  }

  /** The pod's demand, narrowed to the nodes of its claims. Cheap for a pod without claims. */
  public Demand demand(PodView pod) {
    Demand demand = pod.demand();
    for (String name : pod.claims()) {
      String node = claims.get(key(pod, name)).map(ClaimNode::node).orElse("");
      demand = node.isEmpty() ? demand : demand.on(node);
    }
    return demand;
  }

  /** Chooses the node for claims that have none yet; answers why it could not. Blocks. */
  public Optional<String> choose(PodView pod, String node) {
    Optional<String> problem = Optional.empty();
    for (String name : pod.claims()) {
      problem = problem.or(() -> choose(key(pod, name), node));
    }
    return problem;
  }

  private Optional<String> choose(ObjectKey key, String node) {
    Optional<ApiObject> claim = client.get(key).orAbsent();
    if (claim.isEmpty()) {
      return Optional.of("persistentvolumeclaim \"" + key.name() + "\" not found");
    }
    String chosen = ClaimNode.of(claim.get()).node();
    if (!chosen.isEmpty()) {
      return chosen.equals(node)
          ? Optional.empty()
          : Optional.of("node(s) had volume node affinity conflict");
    }
    if (!claim.get().tree().path("spec").path("volumeName").asString("").isEmpty()) {
      return Optional.empty();
    }
    ObjectNode patch = Json.object();
    patch
        .putObject("metadata")
        .put("resourceVersion", Long.toString(claim.get().revision()))
        .putObject("annotations")
        .put(ClaimNode.SELECTED_NODE, node);
    return client.patch(key, "", Patch.merge(patch))
            instanceof ApiResult.Refused<ApiObject>(Status status)
        ? Optional.of(status.message())
        : Optional.empty();
  }

  private static ObjectKey key(PodView pod, String claim) {
    return new ObjectKey(ClaimNode.CLAIMS, pod.key().cluster(), pod.key().namespace(), claim);
  }
}
