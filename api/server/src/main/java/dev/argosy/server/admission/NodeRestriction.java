package dev.argosy.server.admission;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.NodeIdentity;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node's agent changes its own node, lease and pods only, and nothing in them that would draw
 * workloads or secrets to it. Others are not concerned.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction">NodeRestriction</a>
 */
final class NodeRestriction implements AdmissionStep {

  private static final GroupResource NODES = new GroupResource("", "nodes");
  private static final String LEASES = "kube-node-lease";

  private final ObjectLookup lookup;
  private final NodePods pods;
  private final NodeCredentials credentials;

  NodeRestriction(ObjectLookup lookup, Authorizer authorizer) {
    this.lookup = lookup;
    this.pods = new NodePods(lookup, authorizer, this::ownNode);
    this.credentials = new NodeCredentials(lookup, this::ownNode);
  }

  @Override
  public void validate(AdmissionRequest request) {
    if (!NodeIdentity.agent(request.user())) {
      return;
    }
    String node =
        NodeIdentity.of(request.user())
            .orElseThrow(() ->
                Refusal.of(
                    request,
                    "could not determine node from user \"" + request.user().name() + "\""));
    switch (request.target().type().groupResource().toString()) {
      case "pods" -> pods.check(node, request);
      case "nodes" -> node(node, request);
      case "serviceaccounts" -> pods.checkToken(node, request);
      case "persistentvolumeclaims" -> claim(node, request);
      case "leases.coordination.k8s.io" -> lease(node, request);
      case "csinodes.storage.k8s.io" -> csiNode(node, request);
      case "podcertificaterequests.certificates.k8s.io" -> credentials.check(node, request);
      case "certificatesigningrequests.certificates.k8s.io" -> NodeCertificate.check(node, request);
      default -> {}
    }
  }

  private Optional<ApiObject> ownNode(String node) {
    return lookup.find(new ObjectKey(NODES, ClusterDirectory.ROOT, "", node));
  }

  private static void node(String node, AdmissionRequest request) {
    String name = request.target().name();
    if (!name.equals(node)) {
      throw Refusal.of(
          request, "node \"" + node + "\" is not allowed to modify node \"" + name + "\"");
    }
    ObjectNode object = request.object();
    ObjectNode old = request.old();
    if (object == null) {
      return;
    }
    if (old == null) {
      newNode(node, request, object);
    } else {
      changedNode(node, request, object, old);
    }
  }

  private static void newNode(String node, AdmissionRequest request, ObjectNode object) {
    if (object.path("spec").hasNonNull("configSource")) {
      throw Refusal.of(
          request,
          "node \"" + node + "\" is not allowed to create pods with a non-nil configSource");
    }
    Collection<String> labels = NodeLabels.forbiddenAtFirst(labels(object));
    if (!labels.isEmpty()) {
      throw Refusal.of(
          request,
          "node \""
              + node
              + "\" is not allowed to set the following labels: "
              + String.join(", ", labels));
    }
  }

  private static void changedNode(
      String node, AdmissionRequest request, ObjectNode object, ObjectNode old) {
    String who = "node \"" + node + "\" is not allowed to ";
    JsonNode source = object.path("spec").path("configSource");
    if (source.isObject() && !source.equals(old.path("spec").path("configSource"))) {
      throw Refusal.of(request, who + "update configSource to a new non-nil configSource");
    }
    if (!same(object.path("spec").path("taints"), old.path("spec").path("taints"))) {
      throw Refusal.of(request, who + "modify taints");
    }
    if (!same(
        object.path("metadata").path("ownerReferences"),
        old.path("metadata").path("ownerReferences"))) {
      throw Refusal.of(request, who + "modify ownerReferences");
    }
    Collection<String> labels = NodeLabels.forbiddenChanges(labels(object), labels(old));
    if (!labels.isEmpty()) {
      throw Refusal.of(request, "is not allowed to modify labels: " + String.join(", ", labels));
    }
  }

  /** An absent list is an empty one. */
  private static boolean same(JsonNode one, JsonNode other) {
    return (one.isEmpty() && other.isEmpty()) || one.equals(other);
  }

  private static JsonNode labels(JsonNode object) {
    return object.path("metadata").path("labels");
  }

  /** Of a claim an agent writes the size that came to be, and how far it is. */
  private static void claim(String node, AdmissionRequest request) {
    if (!request.target().subresource().equals("status")) {
      throw Refusal.of(request, "may only update PVC status");
    }
    ObjectNode object = request.object();
    ObjectNode old = request.old();
    if (object == null || old == null) {
      throw Refusal.of(request, unexpected(request));
    }
    if (!withoutReport(object).equals(withoutReport(old))) {
      throw Refusal.of(
          request,
          "node \""
              + node
              + "\" is not allowed to update fields other than status.quantity and"
              + " status.conditions");
    }
  }

  private static ObjectNode withoutReport(ObjectNode claim) {
    ObjectNode copy = claim.deepCopy();
    copy.withObject("metadata").remove("resourceVersion");
    copy.withObject("metadata").remove("managedFields");
    ObjectNode status = copy.withObject("status");
    for (String reported :
        new String[] {
          "capacity", "conditions", "allocatedResourceStatuses", "allocatedResources"
        }) {
      status.remove(reported);
    }
    return copy;
  }

  private static void lease(String node, AdmissionRequest request) {
    if (!request.target().namespace().equals(LEASES)) {
      throw Refusal.of(
          request, "can only access leases in the \"" + LEASES + "\" system namespace");
    }
    if (!named(request).equals(node)) {
      throw Refusal.of(
          request, "can only access node lease with the same name as the requesting node");
    }
  }

  private static void csiNode(String node, AdmissionRequest request) {
    if (!named(request).equals(node)) {
      throw Refusal.of(
          request, "can only access CSINode with the same name as the requesting node");
    }
  }

  /** The name that a new object will have counts, wherever it stands. */
  private static String named(AdmissionRequest request) {
    @Nullable ObjectNode object = request.object();
    String own = object == null ? "" : object.path("metadata").path("name").asString("");
    return own.isEmpty() ? request.target().name() : own;
  }

  static String unexpected(AdmissionRequest request) {
    return "unexpected operation \"" + request.operation() + "\"";
  }
}
