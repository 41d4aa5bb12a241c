package dev.argosy.tenancy.member;

/** What a member may do in the tenant's cluster. */
public enum TenantRole {
  /** Everything. */
  ADMIN("admin"),
  /** Kubernetes' {@code edit}, namespaces, and a look at nodes and RBAC. */
  MEMBER("member"),
  /** Kubernetes' {@code view}, and a look at nodes and namespaces. */
  VIEWER("viewer");

  private final String text;

  TenantRole(String text) {
    this.text = text;
  }

  /** The word in {@code spec.role}. */
  public String text() {
    return text;
  }

  /**
   * The role of that word.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TenantRole of(String text) {
    for (TenantRole role : values()) {
      if (role.text.equals(text)) {
        return role;
      }
    }
    throw new IllegalArgumentException("no tenant role: " + text);
  }
}
