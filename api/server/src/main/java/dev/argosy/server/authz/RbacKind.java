package dev.argosy.server.authz;

import dev.argosy.model.kind.GroupResource;

/** The four kinds of RBAC objects. */
public enum RbacKind {
  ROLE("Role", "roles", true),
  ROLE_BINDING("RoleBinding", "rolebindings", true),
  CLUSTER_ROLE("ClusterRole", "clusterroles", false),
  CLUSTER_ROLE_BINDING("ClusterRoleBinding", "clusterrolebindings", false);

  /** Their API group. */
  public static final String GROUP = "rbac.authorization.k8s.io";

  private final String kind;
  private final GroupResource resource;
  private final boolean namespaced;

  RbacKind(String kind, String plural, boolean namespaced) {
    this.kind = kind;
    this.resource = new GroupResource(GROUP, plural);
    this.namespaced = namespaced;
  }

  public String kind() {
    return kind;
  }

  public GroupResource resource() {
    return resource;
  }

  boolean namespaced() {
    return namespaced;
  }

  static RbacKind of(String kind) {
    for (RbacKind one : values()) {
      if (one.kind.equals(kind)) {
        return one;
      }
    }
    throw new IllegalArgumentException("no RBAC kind: " + kind);
  }
}
