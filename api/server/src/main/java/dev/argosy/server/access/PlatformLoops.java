package dev.argosy.server.access;

import dev.argosy.model.access.UserInfo;

/** Identities of loops that others must be able to tell. */
public final class PlatformLoops {

  /** What makes, stops and empties the clusters of tenants. */
  public static final UserInfo TENANTS = UserInfo.system("controller:tenant");

  private PlatformLoops() {}
}
