package dev.argosy.console.session;

import dev.argosy.model.access.UserInfo;
import java.util.List;

/** Which tenants a user may enter. */
public interface TenantDirectory {

  /** In the order of names. */
  List<TenantChoice> tenantsOf(UserInfo user);

  /** Whether the user administers the platform: sees all tenants and may make new ones. */
  boolean administers(UserInfo user);

  /**
   * A tenant to choose.
   *
   * @param name the name of its logical cluster
   * @param displayName what people call it
   */
  record TenantChoice(String name, String displayName) {}
}
