package dev.argosy.server.connect;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.request.RequestInfo;
import java.util.Map;
import java.util.Optional;

/**
 * Objects that other API servers of a cluster hold, for callers within this process. The calls
 * throw {@link dev.argosy.model.status.StatusException} with what the other server says, or with
 * ServiceUnavailable if it says nothing.
 */
public interface RemoteObjects {

  /** The version to ask for, if one of them serves the resource. */
  Optional<String> version(String cluster, GroupResource resource);

  ApiObject get(UserInfo user, ObjectKey key);

  /** All of a namespace, or of the cluster. */
  ObjectList list(UserInfo user, ResourceScope scope);

  /** Whether one of them serves a group version. */
  boolean serves(String cluster, String group, String version);

  /**
   * What is answered to a get of a path of a group version that one of them serves.
   *
   * @param query as the API has it
   */
  byte[] read(UserInfo user, String cluster, RequestInfo asked, Map<String, String> query);

  ApiObject delete(UserInfo user, ObjectKey key, DeleteOptions options);
}
