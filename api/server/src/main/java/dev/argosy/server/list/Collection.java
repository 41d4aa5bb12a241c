package dev.argosy.server.list;

import dev.argosy.model.object.ApiObject;
import dev.argosy.server.request.ListQuery;
import java.util.Optional;

/** Objects of one kind that are kept in no store: found where they are when someone asks. */
public interface Collection {

  /**
   * A page of a view.
   *
   * @throws dev.argosy.model.status.StatusException BadRequest, Timeout, ServiceUnavailable
   */
  Page list(View view, ListQuery query);

  /** One object of a view. */
  Optional<ApiObject> find(View view, String name);
}
