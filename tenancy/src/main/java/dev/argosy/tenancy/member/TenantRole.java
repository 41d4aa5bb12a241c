package dev.argosy.tenancy.member;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a member may do in the tenant's cluster: the roles that are always there. */
public enum TenantRole {
  /** Everything. */
  ADMIN("admin"),
  /** Kubernetes' {@code edit}, namespaces, and a look at nodes and RBAC. */
  MEMBER("member"),
  /** Kubernetes' {@code view}, and a look at nodes and namespaces. */
  VIEWER("viewer");

  private static final Set<String> WORDS =
      Stream.of(values()).map(TenantRole::text).collect(Collectors.toUnmodifiableSet());

  private final String text;

  TenantRole(String text) {
    this.text = text;
  }

  /** The word in {@code spec.role}. */
  public String text() {
    return text;
  }

  /** The words of all of them. */
  public static Set<String> words() {
    return WORDS;
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
