package dev.argosy.server.authz;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.access.ObjectLookup;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a node's agent needs and no more: to see pods and services of all clusters, to report on its
 * own node, lease and pods, and to read the configuration, secrets and tokens of the pods that are
 * bound to it.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/node/">Kubernetes: Node
 *     authorization</a>
 */
public final class NodeRules {

  private static final String USER = "system:node:";
  private static final String GROUP = "system:nodes";
  private static final String TUNNEL = "/argosy/v1/tunnel";
  private static final Set<String> READ = Set.of("get", "list", "watch");
  private static final Set<String> CHANGE = Set.of("update", "patch");
  private static final GroupResource PODS = new GroupResource("", "pods");

  /** What every node may look at in all clusters. */
  private static final Set<String> SEEN =
      Set.of(
          "pods",
          "services",
          "endpoints",
          "endpointslices.discovery.k8s.io",
          "networkpolicies.networking.k8s.io",
          "runtimeclasses.node.k8s.io",
          "namespaces");

  /** Finds the pods of a node, over all clusters. */
  public interface PodsOnNode {
    List<ApiObject> of(String node);
  }

  private final ObjectLookup objects;
  private final PodsOnNode pods;

  public NodeRules(ObjectLookup objects, PodsOnNode pods) {
    this.objects = objects;
    this.pods = pods;
  }

  /** The node's name, if the user is a node of the platform. */
  static Optional<String> nodeOf(UserInfo user) {
    boolean node =
        user.name().startsWith(USER)
            && user.name().length() > USER.length()
            && user.inGroup(GROUP)
            && ClusterScope.of(user).filter(ClusterDirectory.ROOT::equals).isPresent();
    return node ? Optional.of(user.name().substring(USER.length())) : Optional.empty();
  }

  boolean allows(String node, Attributes asked) {
    if (!asked.resourceRequest()) {
      return asked.path().equals(TUNNEL) && asked.verb().equals("get");
    }
    String resource = new GroupResource(asked.group(), asked.resource()).toString();
    if (SEEN.contains(resource) && asked.subresource().isEmpty() && READ.contains(asked.verb())) {
      return true;
    }
    return switch (resource) {
      case "pods" -> pod(node, asked);
      case "nodes" -> node(node, asked);
      case "leases.coordination.k8s.io" -> lease(node, asked);
      case "events", "events.events.k8s.io" ->
          Set.of("create", "patch", "update").contains(asked.verb());
      case "configmaps", "secrets", "persistentvolumeclaims" -> content(node, asked);
      case "serviceaccounts" -> account(node, asked);
      case "certificatesigningrequests.certificates.k8s.io" ->
          inRoot(asked)
              && asked.subresource().isEmpty()
              && (READ.contains(asked.verb()) || asked.verb().equals("create"));
      default -> false;
    };
  }

  private static boolean inRoot(Attributes asked) {
    return asked.cluster().equals(ClusterDirectory.ROOT);
  }

  private boolean pod(String node, Attributes asked) {
    boolean report = asked.subresource().equals("status") && CHANGE.contains(asked.verb());
    boolean remove = asked.subresource().isEmpty() && asked.verb().equals("delete");
    return (report || remove) && !asked.name().isEmpty() && own(node, asked);
  }

  /** A pod that is gone may be asked about: the answer is NotFound. */
  private boolean own(String node, Attributes asked) {
    Optional<ApiObject> pod =
        objects.find(new ObjectKey(PODS, asked.cluster(), asked.namespace(), asked.name()));
    return pod.isEmpty() || PodContent.nodeOf(pod.get()).equals(node);
  }

  private static boolean node(String node, Attributes asked) {
    if (!inRoot(asked)) {
      return false;
    }
    boolean self = asked.name().equals(node);
    return switch (asked.subresource()) {
      case "" ->
          READ.contains(asked.verb())
              || asked.verb().equals("create")
              || (CHANGE.contains(asked.verb()) && self);
      case "status" -> CHANGE.contains(asked.verb()) && self;
      default -> false;
    };
  }

  private static boolean lease(String node, Attributes asked) {
    return inRoot(asked)
        && asked.namespace().equals("kube-node-lease")
        && (asked.verb().equals("create") || asked.name().equals(node))
        && Set.of("get", "create", "update", "patch", "delete").contains(asked.verb());
  }

  /** One object by name, if a pod of this node uses it. */
  private boolean content(String node, Attributes asked) {
    return READ.contains(asked.verb())
        && !asked.name().isEmpty()
        && asked.subresource().isEmpty()
        && pods.of(node).stream()
            .filter(pod -> in(pod, asked))
            .anyMatch(pod -> PodContent.uses(pod, asked.resource(), asked.name()));
  }

  private boolean account(String node, Attributes asked) {
    boolean token = asked.subresource().equals("token") && asked.verb().equals("create");
    boolean look = asked.subresource().isEmpty() && asked.verb().equals("get");
    return (token || look)
        && pods.of(node).stream()
            .filter(pod -> in(pod, asked))
            .anyMatch(pod -> PodContent.accountOf(pod).equals(asked.name()));
  }

  private static boolean in(ApiObject pod, Attributes asked) {
    return pod.cluster().equals(asked.cluster()) && pod.namespace().equals(asked.namespace());
  }
}
