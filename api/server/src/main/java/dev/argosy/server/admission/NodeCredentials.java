package dev.argosy.server.admission;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * For which pods a node's agent asks for certificates: those that run on it, as who they are, of
 * signers that they name.
 */
final class NodeCredentials {

  private static final GroupResource PODS = new GroupResource("", "pods");
  private static final GroupResource ACCOUNTS = new GroupResource("", "serviceaccounts");
  private static final String MIRROR = "kubernetes.io/config.mirror";

  private final ObjectLookup lookup;
  private final Function<String, Optional<ApiObject>> nodes;

  NodeCredentials(ObjectLookup lookup, Function<String, Optional<ApiObject>> nodes) {
    this.lookup = lookup;
    this.nodes = nodes;
  }

  void check(String node, AdmissionRequest request) {
    ObjectNode object = request.object();
    if (request.operation() != Operation.CREATE
        || !request.target().subresource().isEmpty()
        || object == null) {
      throw Refusal.of(request, NodeRestriction.unexpected(request));
    }
    JsonNode spec = object.path("spec");
    require(
        request,
        text(spec, "nodeName").equals(node),
        "PodCertificateRequest.Spec.NodeName=\"%s\", which is not the requesting node \"%s\""
            .formatted(text(spec, "nodeName"), node));
    String nodeUid = nodes.apply(node).map(one -> one.meta().uid()).orElse("");
    require(request, text(spec, "nodeUID").equals(nodeUid), differs("node", "NodeUID"));
    pod(node, request, spec);
  }

  private void pod(String node, AdmissionRequest request, JsonNode spec) {
    ApiObject pod = find(request, PODS, text(spec, "podName"));
    JsonNode wanted = pod.content().path("spec");
    require(request, pod.meta().uid().equals(text(spec, "podUID")), differs("pod", "PodUID"));
    require(
        request,
        !pod.content().path("metadata").path("annotations").has(MIRROR),
        "pod is a mirror pod");
    require(
        request,
        text(wanted, "nodeName").equals(node),
        "pod \"%s\" is not assigned to the requesting node \"%s\"".formatted(pod.name(), node));
    String account = text(wanted, "serviceAccountName");
    require(
        request,
        account.equals(text(spec, "serviceAccountName")),
        "PodCertificateRequest.Spec.ServiceAccountName does not match pod's service account");
    require(
        request,
        find(request, ACCOUNTS, account).meta().uid().equals(text(spec, "serviceAccountUID")),
        differs("service account", "ServiceAccountUID"));
    String signer = text(spec, "signerName");
    require(
        request,
        PodReferences.mountsCertificate(wanted, signer),
        "pod \"%s\" mounts no certificate of signer \"%s\"".formatted(pod.name(), signer));
  }

  private ApiObject find(AdmissionRequest request, GroupResource resource, String name) {
    AdmissionRequest.Target target = request.target();
    return lookup
        .find(new ObjectKey(resource, target.cluster(), target.namespace(), name))
        .orElseThrow(() -> Status.notFound(resource, name).asException());
  }

  private static void require(AdmissionRequest request, boolean fulfilled, String otherwise) {
    if (!fulfilled) {
      throw Refusal.of(request, otherwise);
    }
  }

  private static String differs(String what, String field) {
    return "PodCertificateRequest.Spec." + field + " is not the UID of the " + what;
  }

  private static String text(JsonNode tree, String field) {
    return tree.path(field).asString("");
  }
}
