package dev.argosy.server.review;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.authz.RbacKind;
import dev.argosy.server.registry.Subject;
import dev.argosy.tenancy.role.AccessGrant;
import dev.argosy.tenancy.role.CustomRole;

/** What somebody who asks about access may know of others' access. Belongs to one question. */
final class Sight {

  private final Authorizer authorizer;
  private final Subject subject;

  Sight(Authorizer authorizer, Subject subject) {
    this.authorizer = authorizer;
    this.subject = subject;
  }

  private Attributes asked(String cluster, String verb, GroupResource resource, String namespace) {
    return new Attributes(
        subject.user(),
        cluster,
        verb,
        resource.group(),
        "v1",
        resource.resource(),
        "",
        namespace,
        "",
        "");
  }

  private boolean lists(String cluster, GroupResource resource, String namespace) {
    return authorizer.authorize(asked(cluster, "list", resource, namespace)).allowed();
  }

  /** Whether they see every binding that counts in a namespace; empty for the cluster's scope. */
  boolean bindings(String namespace) {
    return lists(subject.cluster(), RbacKind.CLUSTER_ROLE_BINDING.resource(), "")
        && (namespace.isEmpty()
            || lists(subject.cluster(), RbacKind.ROLE_BINDING.resource(), namespace));
  }

  /** Whether they see cluster roles, or the roles of a namespace. */
  boolean roles(String namespace) {
    RbacKind kind = namespace.isEmpty() ? RbacKind.CLUSTER_ROLE : RbacKind.ROLE;
    return lists(subject.cluster(), kind.resource(), namespace);
  }

  /** Whether they see the roles of people's own making that can be given in the tenant. */
  boolean tenantRoles() {
    return lists(subject.cluster(), CustomRole.RESOURCE, "")
        || lists(ClusterDirectory.ROOT, CustomRole.RESOURCE, "");
  }

  /** Whether they see who has a role on the platform. */
  boolean grants() {
    return lists(ClusterDirectory.ROOT, AccessGrant.RESOURCE, "");
  }

  /**
   * Lets them ask about others.
   *
   * @throws dev.argosy.model.status.StatusException Forbidden
   */
  void requireOthers(GroupResource asking) {
    GroupResource reviews = new GroupResource("authorization.k8s.io", "subjectaccessreviews");
    if (!authorizer.authorize(asked(subject.cluster(), "create", reviews, "")).allowed()) {
      throw refused(asking, "create", reviews, "");
    }
  }

  /**
   * Lets them ask about everybody.
   *
   * @throws dev.argosy.model.status.StatusException Forbidden
   */
  void requireBindings(GroupResource asking, String namespace) {
    GroupResource wide = RbacKind.CLUSTER_ROLE_BINDING.resource();
    if (!lists(subject.cluster(), wide, "")) {
      throw refused(asking, "list", wide, "");
    }
    if (!bindings(namespace)) {
      throw refused(asking, "list", RbacKind.ROLE_BINDING.resource(), namespace);
    }
  }

  private RuntimeException refused(
      GroupResource asking, String verb, GroupResource resource, String namespace) {
    String where =
        namespace.isEmpty() ? "at the cluster scope" : "in the namespace \"" + namespace + "\"";
    return Status.forbidden(
            asking,
            "",
            "User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
                .formatted(
                    subject.user().name(), verb, resource.resource(), resource.group(), where))
        .asException();
  }
}
