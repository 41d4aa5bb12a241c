package dev.argosy.agent.volume;

import dev.argosy.agent.pod.view.Quantities;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Status;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells in a claim's status how large its volume came to be.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims">Expanding
 *     claims</a>
 */
final class ClaimSize {

  private static final Logger LOG = LoggerFactory.getLogger(ClaimSize.class);
  private static final Set<String> OVER = Set.of("Resizing", "FileSystemResizePending");

  private final ApiClient api;

  ClaimSize(ApiClient api) {
    this.api = api;
  }

  /**
   * Tells it if it is more than the claim says; whether it was told now.
   *
   * @param size the volume's, which has it
   */
  boolean tell(ApiObject claim, String size) {
    JsonNode status = claim.tree().path("status");
    String said = status.path("capacity").path("storage").asString("");
    if (Quantities.whole(said) >= Quantities.whole(size)) {
      return false;
    }
    ObjectNode patch = Json.object();
    ObjectNode told = patch.putObject("status");
    told.putObject("capacity").put("storage", size);
    told.putNull("allocatedResourceStatuses");
    ArrayNode conditions = told.putArray("conditions");
    for (JsonNode condition : status.path("conditions")) {
      if (!OVER.contains(condition.path("type").asString(""))) {
        conditions.add(condition);
      }
    }
    return switch (api.patch(claim.key(), "status", Patch.merge(patch))) {
      case ApiResult.Ok<ApiObject> _ -> true;
      case ApiResult.Refused<ApiObject>(Status refused) -> {
        LOG.debug("size of {} not told: {}", claim.key(), refused.message());
        yield false;
      }
    };
  }
}
