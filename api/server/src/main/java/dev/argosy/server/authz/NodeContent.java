package dev.argosy.server.authz;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer.Decision;
import dev.argosy.server.access.ObjectLookup;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Single objects by name, if a pod of the node uses them; besides, the volumes that the platform
 * made on the node, which is asked about them when it puts away what nobody has any more. That one
 * is gone may be known: the answer is NotFound.
 */
final class NodeContent {

  private static final GroupResource CLAIMS = new GroupResource("", "persistentvolumeclaims");

  private static final List<String> DRIVERS_SECRETS =
      List.of("nodeStageSecretRef", "nodePublishSecretRef", "nodeExpandSecretRef");

  private static final GroupResource VOLUMES = new GroupResource("", "persistentvolumes");

  private final ObjectLookup objects;
  private final NodeRules.PodsOnNode pods;

  NodeContent(ObjectLookup objects, NodeRules.PodsOnNode pods) {
    this.objects = objects;
    this.pods = pods;
  }

  Decision decide(String node, Attributes asked) {
    String refusal = verbMissing(asked);
    if (!refusal.isEmpty()) {
      return Decision.deny(refusal);
    }
    if (asked.name().isEmpty()) {
      return Decision.deny("No Object name found");
    }
    if (asked.resource().equals("persistentvolumes") && lies(node, asked)) {
      return NodeRules.granted(true, node, "");
    }
    boolean used =
        pods.of(node).stream()
            .filter(pod -> pod.cluster().equals(asked.cluster()))
            .anyMatch(pod -> uses(pod, asked));
    return NodeRules.granted(
        used, node, "no relationship found between node '" + node + "' and this object");
  }

  /** Whether the platform made the volume on this node, or there is none. */
  private boolean lies(String node, Attributes asked) {
    Optional<ApiObject> found =
        objects.find(new ObjectKey(VOLUMES, asked.cluster(), "", asked.name()));
    return asked.subresource().isEmpty() && (found.isEmpty() || LocalVolumes.on(node, found.get()));
  }

  /** Why nobody's node may do this to the resource; empty if it may be. */
  private static String verbMissing(Attributes asked) {
    String verb = asked.verb();
    String part = asked.subresource();
    return switch (asked.resource()) {
      case "serviceaccounts" ->
          (verb.equals("get") && part.isEmpty()) || (verb.equals("create") && part.equals("token"))
              ? ""
              : !verb.equals("create")
                  ? "can only create tokens for individual service accounts"
                  : "can only create token subresource of serviceaccount";
      case "configmaps", "secrets" ->
          !Set.of("get", "list", "watch").contains(verb)
              ? "can only read resources of this type"
              : !part.isEmpty()
                  ? "cannot read subresource"
                  : asked.namespace().isEmpty()
                      ? "can only read namespaced object of this type"
                      : "";
      default -> ofVolume(verb, part);
    };
  }

  private static String ofVolume(String verb, String part) {
    if (part.equals("status")) {
      return Set.of("update", "patch").contains(verb) ? "" : "can only get/update/patch this type";
    }
    if (!verb.equals("get")) {
      return "can only get individual resources of this type";
    }
    return part.isEmpty() ? "" : "cannot get subresource";
  }

  private boolean uses(ApiObject pod, Attributes asked) {
    if (asked.resource().equals("persistentvolumes")) {
      return asked.subresource().isEmpty()
          && PodContent.of(pod).claims().stream()
              .anyMatch(claim -> bound(pod, claim, asked.name()));
    }
    return (pod.namespace().equals(asked.namespace())
            && PodContent.of(pod).uses(asked.resource(), asked.name()))
        || (asked.resource().equals("secrets") && mountsBy(pod, asked));
  }

  /** Whether a driver needs the secret on the node to mount a volume of the pod's claims. */
  private boolean mountsBy(ApiObject pod, Attributes asked) {
    for (String claim : PodContent.of(pod).claims()) {
      JsonNode source =
          objects
              .find(new ObjectKey(CLAIMS, pod.cluster(), pod.namespace(), claim))
              .map(object -> object.text("spec", "volumeName"))
              .filter(name -> !name.isEmpty())
              .flatMap(name -> objects.find(new ObjectKey(VOLUMES, pod.cluster(), "", name)))
              .map(volume -> volume.content().at("/spec/csi"))
              .orElse(MissingNode.getInstance());
      for (String ref : DRIVERS_SECRETS) {
        if (source.path(ref).path("name").asString("").equals(asked.name())
            && source.path(ref).path("namespace").asString("").equals(asked.namespace())) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean bound(ApiObject pod, String claim, String volume) {
    Optional<ApiObject> found =
        objects.find(new ObjectKey(CLAIMS, pod.cluster(), pod.namespace(), claim));
    return found
        .map(object -> object.tree().path("spec").path("volumeName").asString(""))
        .filter(volume::equals)
        .isPresent();
  }
}
