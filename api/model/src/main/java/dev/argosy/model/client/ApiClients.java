package dev.argosy.model.client;

import dev.argosy.model.access.UserInfo;

/** Gives clients that act under an identity. The in-process door of console and control loops. */
public interface ApiClients {

  /** A client whose every call is authorized and audited as this user's. Cheap; not pooled. */
  ApiClient as(UserInfo user);

  /**
   * The same, but what these clients write is kept only while the fence stands, checked in the
   * write's own transaction; later it is refused with Conflict, and so is what is on its way then.
   */
  ApiClients behind(Fence fence);
}
