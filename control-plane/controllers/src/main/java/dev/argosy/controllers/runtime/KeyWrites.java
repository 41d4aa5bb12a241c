package dev.argosy.controllers.runtime;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import tools.jackson.databind.node.ObjectNode;

/**
 * The writes of one reconciliation of one key: each is expected in the informer before the key is
 * worked on again, and all are tried, whatever became of those before. For one thread.
 */
public final class KeyWrites {

  private final ObjectKey key;
  private final ApiClient client;
  private final Informer<?> informer;
  private final OwnWrites writes;
  private Outcome outcome = Outcome.DONE;

  /**
   * @param informer of the objects that are written
   */
  public KeyWrites(ObjectKey key, ApiClient client, Informer<?> informer, OwnWrites writes) {
    this.key = key;
    this.client = client;
    this.informer = informer;
    this.writes = writes;
  }

  public void create(ResourceScope scope, ObjectNode object) {
    written(client.create(scope, object));
  }

  public void update(ObjectKey written, ObjectNode object) {
    written(client.update(written, object));
  }

  /** Deletes this very object; one that is gone already is no failure. */
  public void delete(ApiObject present) {
    ObjectKey gone = present.key();
    switch (client.delete(gone, DeleteOptions.ofUid(present.meta().uid()))) {
      case ApiResult.Ok<ApiObject> deleted ->
          writes.expect(key, informer, () -> informer.get(gone).isEmpty());
      case ApiResult.Refused<ApiObject>(Status status) -> {
        if (status.reason() != Reason.NOT_FOUND) {
          outcome = Outcome.of(status);
        }
      }
    }
  }

  private void written(ApiResult<ApiObject> result) {
    switch (result) {
      case ApiResult.Ok<ApiObject>(ApiObject object) -> writes.expect(key, informer, object);
      case ApiResult.Refused<ApiObject>(Status status) -> outcome = Outcome.of(status);
    }
  }

  /** Done if all were; else what came of the last that was refused. */
  public Outcome outcome() {
    return outcome;
  }
}
