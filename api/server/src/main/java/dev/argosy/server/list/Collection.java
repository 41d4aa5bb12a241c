package dev.argosy.server.list;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.ApiObject;
import dev.argosy.server.request.ListQuery;
import java.util.Optional;

/** Objects of one kind that are kept in no store: found where they are when someone asks. */
public interface Collection {

  /** Whether who may see a part of it gets that part: its pages keep to {@link View#visible}. */
  default boolean partial() {
    return false;
  }

  /**
   * A page of a view.
   *
   * @param user who asks
   * @throws dev.argosy.model.status.StatusException BadRequest, Timeout, ServiceUnavailable
   */
  Page list(UserInfo user, View view, ListQuery query);

  /**
   * One object of a view.
   *
   * @param user who asks
   */
  Optional<ApiObject> find(UserInfo user, View view, String name);
}
