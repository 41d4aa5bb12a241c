package dev.argosy.server.dispatch;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.access.Reach;
import dev.argosy.server.audit.AuditNotes;
import dev.argosy.server.registry.KindTables;
import java.util.Map;
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
  private static final String EVERY_CLUSTER = "*";
  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  private final Authorizer authorizer;
  private final ClusterDirectory directory;
  private final KindTables kinds;

  public Gate(Authorizer authorizer, ClusterDirectory directory, KindTables kinds) {
    this.authorizer = authorizer;
    this.directory = directory;
    this.kinds = kinds;
  }

  /**
   * Lets the request pass, or throws Forbidden.
   *
   * @return how far it goes; all the way unless it lists or watches a collection
   * @throws dev.argosy.model.status.StatusException Forbidden, in the words of Kubernetes
   */
  public Reach authorize(Attributes attributes) {
    return authorize(attributes, AuditNotes.NONE);
  }

  /**
   * Lets somebody act as another before their request is looked at; notes only what marks
   * everything that is done by that right.
   *
   * @return these marks
   * @throws dev.argosy.model.status.StatusException Forbidden
   */
  Map<String, String> authorizeActing(Attributes attributes, AuditNotes notes) {
    Authorizer.Decision decision = authorizer.authorize(attributes);
    if (!decision.allowed()) {
      throw forbidden(attributes, decision.reason()).asException();
    }
    notes.mark(decision.marks());
    return decision.marks();
  }

  /** The same as {@link #authorize(Attributes)}; notes what was decided and why. */
  public Reach authorize(Attributes attributes, AuditNotes notes) {
    Authorizer.Decision decision = authorizer.authorize(attributes);
    Reach reach = decision.allowed() ? Reach.WHOLE : part(attributes);
    notes.mark(decision.marks());
    notes.note(DECISION, reach.none() ? "forbid" : "allow");
    notes.note(REASON, decision.allowed() || reach.none() ? decision.reason() : reason(reach));
    if (reach.none()) {
      throw forbidden(attributes, decision.reason()).asException();
    }
    return reach;
  }

  private static String reason(Reach reach) {
    if (!reach.byNamespace()) {
      return "allowed what concerns the user, and limited to it";
    }
    return "RBAC: allowed in " + reach.namespaces().size() + " namespaces, and limited to them";
  }

  /** What those see of a collection over all namespaces who may not see it whole. */
  private Reach part(Attributes asked) {
    boolean collection =
        READS_OVER_ALL.contains(asked.verb())
            && asked.subresource().isEmpty()
            && !asked.cluster().equals(EVERY_CLUSTER);
    if (!collection) {
      return Reach.NONE;
    }
    boolean parted =
        new GroupResource(asked.group(), asked.resource()).equals(NAMESPACES)
            || (asked.namespace().isEmpty() && namespaced(asked))
            || authorizer.sharesObjects(asked);
    return parted ? authorizer.reach(asked) : Reach.NONE;
  }

  private boolean namespaced(Attributes asked) {
    return kinds
        .of(asked.cluster())
        .find(asked.group(), asked.version(), asked.resource())
        .filter(kind -> kind.type().namespaced())
        .isPresent();
  }

  /** The rights by which this decides. */
  Authorizer authorizer() {
    return authorizer;
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
