package dev.argosy.server.admission;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** What a node's agent may do to pods, and for which pods it gets tokens. */
final class NodePods {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final String MIRROR = "kubernetes.io/config.mirror";

  private final ObjectLookup lookup;
  private final Authorizer authorizer;
  private final Function<String, Optional<ApiObject>> nodes;

  NodePods(
      ObjectLookup lookup, Authorizer authorizer, Function<String, Optional<ApiObject>> nodes) {
    this.lookup = lookup;
    this.authorizer = authorizer;
    this.nodes = nodes;
  }

  void check(String node, AdmissionRequest request) {
    switch (request.target().subresource()) {
      case "" -> whole(node, request);
      case "status" -> status(node, request);
      case "eviction" -> eviction(node, request);
      default ->
          throw Refusal.of(
              request,
              "unexpected pod subresource \""
                  + request.target().subresource()
                  + "\", only 'status' and 'eviction' are allowed");
    }
  }

  private void whole(String node, AdmissionRequest request) {
    switch (request.operation()) {
      case CREATE -> mirror(node, request);
      case DELETE -> {
        ObjectNode old = request.old();
        if (old != null && !nodeOf(old).equals(node)) {
          throw Refusal.of(
              request, quoted(node) + " can only delete pods with spec.nodeName set to itself");
        }
      }
      case UPDATE, CONNECT ->
          throw Refusal.of(
              request,
              NodeRestriction.unexpected(request)
                  + ", "
                  + quoted(node)
                  + " can only create and delete mirror pods");
    }
  }

  private void mirror(String node, AdmissionRequest request) {
    ObjectNode pod = request.object();
    if (pod == null) {
      return;
    }
    if (!pod.path("metadata").path("annotations").has(MIRROR)) {
      throw Refusal.of(
          request,
          "pod does not have \""
              + MIRROR
              + "\" annotation, "
              + quoted(node)
              + " can only create mirror pods");
    }
    if (!nodeOf(pod).equals(node)) {
      throw Refusal.of(
          request, quoted(node) + " can only create pods with spec.nodeName set to itself");
    }
    owner(node, request, pod.path("metadata").path("ownerReferences"));
    String referenced = PodReferences.first(pod.path("spec"));
    if (!referenced.isEmpty()) {
      throw Refusal.of(request, quoted(node) + " can not create pods that reference " + referenced);
    }
  }

  private void owner(String node, AdmissionRequest request, JsonNode owners) {
    String only = quoted(node) + " can only create pods with ";
    if (owners.size() > 1) {
      throw Refusal.of(request, only + "a single owner reference set to itself");
    }
    JsonNode owner = owners.path(0);
    if (!owner.path("apiVersion").asString("").equals("v1")
        || !owner.path("kind").asString("").equals("Node")
        || !owner.path("name").asString("").equals(node)) {
      throw Refusal.of(request, only + "an owner reference set to itself");
    }
    if (!owner.path("controller").asBoolean(false)) {
      throw Refusal.of(request, only + "a controller owner reference set to itself");
    }
    if (owner.path("blockOwnerDeletion").asBoolean(false)) {
      throw Refusal.of(
          request, quoted(node) + " must not set blockOwnerDeletion on an owner reference");
    }
    String uid =
        nodes
            .apply(node)
            .orElseThrow(() -> Status.notFound(new GroupResource("", "nodes"), node).asException())
            .meta()
            .uid();
    String named = owner.path("uid").asString("");
    if (!named.equals(uid)) {
      throw Refusal.of(
          request, "node " + node + " UID mismatch: expected " + named + " got " + uid);
    }
  }

  private static void status(String node, AdmissionRequest request) {
    ObjectNode pod = request.object();
    ObjectNode old = request.old();
    if (pod == null || old == null) {
      throw Refusal.of(request, NodeRestriction.unexpected(request));
    }
    if (!nodeOf(old).equals(node)) {
      throw Refusal.of(
          request,
          quoted(node) + " can only update pod status for pods with spec.nodeName set to itself");
    }
    JsonNode labels = pod.path("metadata").path("labels");
    JsonNode before = old.path("metadata").path("labels");
    if (!(labels.isEmpty() && before.isEmpty()) && !labels.equals(before)) {
      throw Refusal.of(request, quoted(node) + " cannot update labels through pod status");
    }
    requireKept(node, request, "resourceClaimStatuses", "resource claim statues");
    requireKept(node, request, "extendedResourceClaimStatus", "extended resource claim status");
  }

  private static void requireKept(
      String node, AdmissionRequest request, String member, String shown) {
    JsonNode now = status(request.object(), member);
    JsonNode before = status(request.old(), member);
    if (!(now.isEmpty() && before.isEmpty()) && !now.equals(before)) {
      throw Refusal.of(request, quoted(node) + " cannot update " + shown);
    }
  }

  private static JsonNode status(@Nullable ObjectNode pod, String member) {
    return pod == null ? MissingNode.getInstance() : pod.path("status").path(member);
  }

  private void eviction(String node, AdmissionRequest request) {
    ApiObject pod = pod(request, request.target().name());
    if (!nodeOf(pod.content()).equals(node)) {
      throw Refusal.of(
          request, "node " + node + " can only evict pods with spec.nodeName set to itself");
    }
  }

  /** A node gets tokens for the pods that it runs, and for what these mount. */
  void checkToken(String node, AdmissionRequest request) {
    ObjectNode asked = request.object();
    if (asked == null
        || request.operation() != Operation.CREATE
        || !request.target().subresource().equals("token")) {
      return;
    }
    JsonNode ref = asked.path("spec").path("boundObjectRef");
    String name = ref.path("name").asString("");
    if (!ref.path("apiVersion").asString("").equals("v1")
        || !ref.path("kind").asString("").equals("Pod")
        || name.isEmpty()) {
      throw Refusal.of(request, "node requested token not bound to a pod");
    }
    String uid = ref.path("uid").asString("");
    if (uid.isEmpty()) {
      throw Refusal.of(request, "node requested token with a pod binding without a uid");
    }
    ApiObject pod = pod(request, name);
    if (!pod.meta().uid().equals(uid)) {
      throw Refusal.of(
          request,
          "the UID in the bound object reference ("
              + uid
              + ") does not match the UID in record. The object might have been deleted and then"
              + " recreated");
    }
    if (!nodeOf(pod.content()).equals(node)) {
      throw Refusal.of(
          request, "node requested token bound to a pod scheduled on a different node");
    }
    audience(request, asked.path("spec").path("audiences"), pod);
  }

  private void audience(AdmissionRequest request, JsonNode audiences, ApiObject pod) {
    if (audiences.size() > 1) {
      throw Refusal.of(request, "node may only request 0 or 1 audiences");
    }
    String wanted = audiences.path(0).asString("");
    if (!PodReferences.mountsToken(pod.content().path("spec"), wanted) && !may(request, wanted)) {
      throw Refusal.of(
          request,
          "audience \""
              + wanted
              + "\" not found in pod spec volume, "
              + request.user().name()
              + " is not authorized to request tokens for this audience");
    }
  }

  /** Whether a role lets the node ask for tokens of that audience for the account. */
  private boolean may(AdmissionRequest request, String audience) {
    AdmissionRequest.Target target = request.target();
    return authorizer
        .authorize(
            new Attributes(
                request.user(),
                target.cluster(),
                "request-serviceaccounts-token-audience",
                "",
                "v1",
                audience,
                "",
                target.namespace(),
                target.name(),
                ""))
        .allowed();
  }

  private ApiObject pod(AdmissionRequest request, String name) {
    AdmissionRequest.Target target = request.target();
    return lookup
        .find(new ObjectKey(PODS, target.cluster(), target.namespace(), name))
        .orElseThrow(() -> Status.notFound(PODS, name).asException());
  }

  private static String nodeOf(JsonNode pod) {
    return pod.path("spec").path("nodeName").asString("");
  }

  private static String quoted(String node) {
    return "node \"" + node + "\"";
  }
}
