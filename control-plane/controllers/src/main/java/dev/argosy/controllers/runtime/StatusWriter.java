package dev.argosy.controllers.runtime;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what a controller says of its objects.
 *
 * @param <T> how it sees them
 */
public final class StatusWriter<T> {

  private final ApiClient client;
  private final Informer<T> informer;
  private final OwnWrites writes;

  public StatusWriter(ApiClient client, Informer<T> informer, OwnWrites writes) {
    this.client = client;
    this.informer = informer;
    this.writes = writes;
  }

  /**
   * Puts the status in the place of the one that the object has; refused if the object has changed
   * meanwhile. Answers why it could not; an object that is gone needs none.
   */
  public Optional<Outcome> write(ApiObject object, ObjectNode status) {
    ObjectNode tree = object.tree();
    tree.set("status", status);
    return switch (client.updateStatus(object.key(), tree)) {
      case ApiResult.Ok<ApiObject>(ApiObject written) -> {
        writes.expect(object.key(), informer, written);
        yield Optional.empty();
      }
      case ApiResult.Refused<ApiObject>(Status refused) when refused.reason() == Reason.NOT_FOUND ->
          Optional.of(Outcome.DONE);
      case ApiResult.Refused<ApiObject>(Status refused) -> Optional.of(Outcome.of(refused));
    };
  }
}
