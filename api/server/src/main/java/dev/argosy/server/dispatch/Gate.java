package dev.argosy.server.dispatch;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.audit.AuditNotes;
import java.util.Set;

/**
 * May they, and is there such a cluster: in this order, so that who may not see a cluster cannot
 * tell whether it exists. The same for requests from outside and from within the process.
 */
public final class Gate {

  private static final GroupResource CLUSTERS = new GroupResource("", "clusters");
  private static final String DECISION = "authorization.k8s.io/decision";
  private static final String REASON = "authorization.k8s.io/reason";
  private static final Set<String> READS_OVER_ALL = Set.of("list", "watch");

  private final Authorizer authorizer;
  private final ClusterDirectory directory;

  public Gate(Authorizer authorizer, ClusterDirectory directory) {
    this.authorizer = authorizer;
    this.directory = directory;
  }

  /**
   * Lets the request pass, or throws Forbidden.
   *
   * @throws dev.argosy.model.status.StatusException Forbidden, in the words of Kubernetes
   */
  public void authorize(Attributes attributes) {
    authorize(attributes, AuditNotes.NONE);
  }

  /**
   * Lets the request pass, or throws Forbidden; notes what was decided and why.
   *
   * @throws dev.argosy.model.status.StatusException Forbidden, in the words of Kubernetes
   */
  public void authorize(Attributes attributes, AuditNotes notes) {
    Authorizer.Decision decision = authorizer.authorize(attributes);
    notes.note(DECISION, decision.allowed() ? "allow" : "forbid");
    notes.note(REASON, decision.reason());
    if (!decision.allowed()) {
      throw forbidden(attributes, decision.reason()).asException();
    }
  }

  /** The cluster of that name; NotFound if there is none. Authorize first. */
  public LogicalCluster locate(String cluster) {
    return directory
        .find(cluster)
        .orElseThrow(() -> Status.notFound(CLUSTERS, cluster).asException());
  }

  /** Only lists and watches go over all clusters. */
  public static void requireWildcardVerb(String verb) {
    if (!READS_OVER_ALL.contains(verb)) {
      throw Status.badRequest("over all clusters there is only list and watch").asException();
    }
  }

  static Status forbidden(Attributes asked, String reason) {
    String why = reason.isEmpty() ? "" : ": " + reason;
    if (!asked.resourceRequest()) {
      return Status.of(
          Reason.FORBIDDEN,
          "forbidden: User \""
              + asked.user().name()
              + "\" cannot "
              + asked.verb()
              + " path \""
              + asked.path()
              + "\""
              + why);
    }
    String resource =
        asked.subresource().isEmpty()
            ? asked.resource()
            : asked.resource() + "/" + asked.subresource();
    String where =
        asked.namespace().isEmpty()
            ? " at the cluster scope"
            : " in the namespace \"" + asked.namespace() + "\"";
    return Status.forbidden(
        new GroupResource(asked.group(), asked.resource()),
        asked.name(),
        "User \""
            + asked.user().name()
            + "\" cannot "
            + asked.verb()
            + " resource \""
            + resource
            + "\" in API group \""
            + asked.group()
            + "\""
            + where
            + why);
  }
}
