package dev.argosy.server.access;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import java.util.Optional;

/**
 * What objects of one kind of the platform allow those whom they concern, besides what roles allow.
 * Only users of the whole platform are asked about. Called by many threads; answers from memory.
 */
public interface ObjectRights {

  GroupResource resource();

  /** As which the objects are stored. */
  default GroupResource storage() {
    return resource();
  }

  /** Why the user may create one; empty if only roles say so. */
  Optional<String> toCreate(UserInfo user);

  /**
   * Why the user may do something with an object; empty if only roles say so.
   *
   * @param subresource empty for the object itself
   */
  Optional<String> toUse(UserInfo user, String verb, String subresource, ApiObject object);

  /**
   * Why the user may be told that there is no object of a name; empty if they are refused as if
   * there were one. Clients look for what they are going to create.
   */
  default Optional<String> toFind(UserInfo user, String verb, String name) {
    return Optional.empty();
  }

  /** Which of them the user sees in a list. */
  Reach.Seen seenBy(UserInfo user);
}
