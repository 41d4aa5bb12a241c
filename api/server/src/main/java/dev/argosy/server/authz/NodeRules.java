package dev.argosy.server.authz;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.use.UseReport;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer.Decision;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.NodeIdentity;
import dev.argosy.server.access.ObjectLookup;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a node's agent needs and no more: to see pods and services of all clusters, to report on its
 * own node, lease and pods, and to read the configuration, secrets, volumes and tokens of the pods
 * that are bound to it. What a write may hold is the affair of {@code NodeRestriction} in {@code
 * dev.argosy.server.admission}.
 *
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/node/">Kubernetes: Node
 *     authorization</a>
 */
public final class NodeRules {

  private static final String TUNNEL = "/argosy/v1/tunnel";
  private static final Set<String> READ = Set.of("get", "list", "watch");
  private static final Set<String> CHANGE = Set.of("update", "patch");
  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource ATTACHMENTS =
      new GroupResource("storage.k8s.io", "volumeattachments");
  private static final GroupResource CREDENTIALS =
      new GroupResource("certificates.k8s.io", "podcertificaterequests");
  private static final Decision NOTHING = Decision.deny("");

  /** What every node may look at in all clusters. */
  private static final Set<String> SEEN =
      Set.of(
          "pods",
          "services",
          "endpoints",
          "endpointslices.discovery.k8s.io",
          "networkpolicies.networking.k8s.io",
          "runtimeclasses.node.k8s.io",
          "clustertrustbundles.certificates.k8s.io",
          "csidrivers.storage.k8s.io",
          "namespaces");

  /** Finds the pods of a node, over all clusters. */
  public interface PodsOnNode {
    List<ApiObject> of(String node);
  }

  private final ObjectLookup objects;
  private final NodeContent content;

  public NodeRules(ObjectLookup objects, PodsOnNode pods) {
    this.objects = objects;
    this.content = new NodeContent(objects, pods);
  }

  /** The node's name, if the user is a node of the platform. */
  static Optional<String> nodeOf(UserInfo user) {
    return NodeIdentity.of(user);
  }

  /** Whether the node needs it; a refusal says what is missing. */
  Decision decide(String node, Attributes asked) {
    if (!asked.resourceRequest()) {
      boolean tunnel = asked.path().equals(TUNNEL) && asked.verb().equals("get");
      boolean use = asked.path().equals(UseReport.PATH) && asked.verb().equals("post");
      return granted(tunnel || use, node, "");
    }
    String resource = new GroupResource(asked.group(), asked.resource()).toString();
    if (SEEN.contains(resource) && asked.subresource().isEmpty() && READ.contains(asked.verb())) {
      return granted(true, node, "");
    }
    return switch (resource) {
      case "pods" -> pod(node, asked);
      case "nodes" -> node(node, asked);
      case "leases.coordination.k8s.io" -> lease(node, asked);
      case "csinodes.storage.k8s.io" -> csiNode(node, asked);
      case "volumeattachments.storage.k8s.io" -> attachment(node, asked);
      case "podcertificaterequests.certificates.k8s.io" -> credential(node, asked);
      case "configmaps",
          "secrets",
          "serviceaccounts",
          "persistentvolumeclaims",
          "persistentvolumes" ->
          content.decide(node, asked);
      default -> granted(plain(resource, asked), node, "");
    };
  }

  static Decision granted(boolean allowed, String node, String otherwise) {
    return allowed
        ? Decision.allow("node " + node + " needs it")
        : otherwise.isEmpty() ? NOTHING : Decision.deny(otherwise);
  }

  /** What all nodes may do alike. */
  private static boolean plain(String resource, Attributes asked) {
    return switch (resource) {
      case "events", "events.events.k8s.io" ->
          Set.of("create", "patch", "update").contains(asked.verb());
      case "certificatesigningrequests.certificates.k8s.io" ->
          inRoot(asked)
              && asked.subresource().isEmpty()
              && (READ.contains(asked.verb()) || asked.verb().equals("create"));
      case "tokenreviews.authentication.k8s.io",
          "subjectaccessreviews.authorization.k8s.io",
          "localsubjectaccessreviews.authorization.k8s.io" ->
          inRoot(asked) && asked.verb().equals("create");
      default -> false;
    };
  }

  private static boolean inRoot(Attributes asked) {
    return asked.cluster().equals(ClusterDirectory.ROOT);
  }

  private Decision pod(String node, Attributes asked) {
    String verb = asked.verb();
    String needed =
        switch (asked.subresource()) {
          case "" -> verb.equals("create") || verb.equals("delete") ? "delete pods" : "";
          case "status" -> CHANGE.contains(verb) ? "update pod status for pods" : "";
          case "eviction" -> verb.equals("create") ? "evict pods" : "";
          default -> "";
        };
    if (needed.isEmpty()) {
      return NOTHING;
    }
    boolean mirror = asked.subresource().isEmpty() && verb.equals("create") && inRoot(asked);
    return granted(
        mirror || (!asked.name().isEmpty() && own(node, asked)),
        node,
        "node \"" + node + "\" can only " + needed + " with spec.nodeName set to itself");
  }

  /** A pod that is gone may be asked about: the answer is NotFound. */
  private boolean own(String node, Attributes asked) {
    Optional<ApiObject> pod =
        objects.find(new ObjectKey(PODS, asked.cluster(), asked.namespace(), asked.name()));
    return pod.isEmpty() || PodContent.of(pod.get()).node().equals(node);
  }

  /** Whether a tenant's cluster shows the node, it may ask: it runs pods of no others. */
  private static Decision node(String node, Attributes asked) {
    if (!inRoot(asked)) {
      boolean itself = asked.name().equals(node) && asked.subresource().isEmpty();
      return granted(itself && asked.verb().equals("get"), node, "");
    }
    boolean change = CHANGE.contains(asked.verb());
    boolean whole = asked.subresource().isEmpty();
    if (whole && (READ.contains(asked.verb()) || asked.verb().equals("create"))) {
      return granted(true, node, "");
    }
    if (!change || !(whole || asked.subresource().equals("status"))) {
      return NOTHING;
    }
    return granted(
        asked.name().equals(node),
        node,
        "node \"" + node + "\" is not allowed to modify node \"" + asked.name() + "\"");
  }

  private static Decision lease(String node, Attributes asked) {
    if (!Set.of("get", "create", "update", "patch", "delete").contains(asked.verb())) {
      return Decision.deny("can only get, create, update, patch, or delete a node lease");
    }
    if (!inRoot(asked) || !asked.namespace().equals("kube-node-lease")) {
      return Decision.deny("can only access leases in the \"kube-node-lease\" system namespace");
    }
    return granted(
        asked.verb().equals("create") || asked.name().equals(node),
        node,
        "can only access node lease with the same name as the requesting node");
  }

  private static Decision csiNode(String node, Attributes asked) {
    if (!Set.of("get", "create", "update", "patch", "delete").contains(asked.verb())) {
      return Decision.deny("can only get, create, update, patch, or delete a CSINode");
    }
    return granted(
        inRoot(asked)
            && asked.subresource().isEmpty()
            && (asked.verb().equals("create") || asked.name().equals(node)),
        node,
        "can only access CSINode with the same name as the requesting node");
  }

  /** Whether a volume is attached to it. That there is none may be known: it may come. */
  private Decision attachment(String node, Attributes asked) {
    if (!asked.verb().equals("get") || !asked.subresource().isEmpty()) {
      return Decision.deny("can only get individual resources of this type");
    }
    if (asked.name().isEmpty()) {
      return Decision.deny("No Object name found");
    }
    return ofNode(node, new ObjectKey(ATTACHMENTS, asked.cluster(), "", asked.name()));
  }

  /** Certificates that it asks for; for which pods is the affair of NodeRestriction. */
  private Decision credential(String node, Attributes asked) {
    if (!asked.subresource().isEmpty() || !Set.of("create", "get").contains(asked.verb())) {
      return Decision.deny("can only create and get individual resources of this type");
    }
    return asked.verb().equals("create")
        ? granted(true, node, "")
        : ofNode(
            node, new ObjectKey(CREDENTIALS, asked.cluster(), asked.namespace(), asked.name()));
  }

  private Decision ofNode(String node, ObjectKey key) {
    Optional<ApiObject> found = objects.find(key);
    return granted(
        found.isEmpty() || found.get().text("spec", "nodeName").equals(node),
        node,
        "no relationship found between node '" + node + "' and this object");
  }
}
