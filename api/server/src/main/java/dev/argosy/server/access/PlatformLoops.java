package dev.argosy.server.access;

import dev.argosy.model.access.UserInfo;

/** Identities of loops that others must be able to tell. */
public final class PlatformLoops {

  /** What makes, stops and empties the clusters of tenants. */
  public static final UserInfo TENANTS = UserInfo.system("controller:tenant");

  /** What makes the tenants that were asked for. */
  public static final UserInfo TENANT_REQUESTS = UserInfo.system("controller:tenant-requests");

  /** What makes members of those who accept invitations, by the rights of whoever invited. */
  public static final UserInfo INVITATIONS = UserInfo.system("controller:invitations");

  /** What makes members of programs that log in at the identity provider. */
  public static final UserInfo SERVICE_CLIENTS = UserInfo.system("controller:service-clients");

  private PlatformLoops() {}
}
