package dev.argosy.controllers.garbage;

import dev.argosy.controllers.garbage.OwnerGraph.OwnerType;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom an object owns at this moment, by the API's own word: exact, at the price of many lists. */
final class PresentDependents {

  private static final int PAGE = 1000;

  private final ApiClient client;
  private final OwnerGraph graph;

  PresentDependents(ApiClient client, OwnerGraph graph) {
    this.client = client;
    this.graph = graph;
  }

  /**
   * All of them, in no order; only objects in the owner's namespace can be owned by one that has a
   * namespace.
   */
  ApiResult<List<ObjectKey>> of(Dependent owner) {
    ObjectKey key = owner.key();
    List<ObjectKey> found = new ArrayList<>();
    for (OwnerType type : graph.types(key.cluster())) {
      if (!key.namespace().isEmpty() && !type.namespaced()) {
        continue;
      }
      ResourceScope scope =
          key.namespace().isEmpty()
              ? ResourceScope.cluster(type.resource(), key.cluster())
              : ResourceScope.namespace(type.resource(), key.cluster(), key.namespace());
      Status refusal = collect(scope, owner.uid(), found);
      if (refusal != null) {
        return ApiResult.refused(refusal);
      }
    }
    return ApiResult.ok(found);
  }

  private @Nullable Status collect(ResourceScope scope, String uid, List<ObjectKey> into) {
    String next = "";
    do {
      switch (client.list(scope, new ListOptions("", "", PAGE, next, "", ""))) {
        case ApiResult.Ok<ObjectList>(ObjectList page) -> {
          page.items().stream()
              .filter(item -> owned(item, uid))
              .map(ApiObject::key)
              .forEach(into::add);
          next = page.continueToken();
        }
        case ApiResult.Refused<ObjectList>(Status status) -> {
          return status.reason() == Reason.NOT_FOUND ? null : status;
        }
      }
    } while (!next.isEmpty());
    return null;
  }

  private static boolean owned(ApiObject object, String uid) {
    return object.meta().ownerReferences().stream().anyMatch(owner -> owner.uid().equals(uid));
  }
}
