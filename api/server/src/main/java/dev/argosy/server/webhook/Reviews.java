package dev.argosy.server.webhook;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.Json;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionRequest.BodyKind;
import dev.argosy.server.admission.AdmissionRequest.Target;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The request half of an {@code AdmissionReview}.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/config-api/apiserver-admission.v1/">admission.k8s.io/v1</a>
 */
final class Reviews {

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  private Reviews() {}

  /**
   * A whole review.
   *
   * @param version of {@code admission.k8s.io}
   */
  static ObjectNode of(String version, String uid, Bodies bodies) {
    ObjectNode review = Json.object().put("kind", "AdmissionReview");
    review.put("apiVersion", "admission.k8s.io/" + version);
    ObjectNode request = review.putObject("request").put("uid", uid);
    request.setAll(attributes(bodies));
    request.set("object", orNull(bodies.object()));
    request.set("oldObject", orNull(bodies.old()));
    return review;
  }

  /** What is asked for, without the objects: the {@code request} of expressions. */
  static ObjectNode attributes(Bodies bodies) {
    AdmissionRequest asked = bodies.request();
    Target target = asked.target();
    ObjectNode request = Json.object();
    request.set("kind", kind(bodies.kind()));
    request.set("resource", resource(bodies.resource()));
    putIfSet(request, "subResource", target.subresource());
    request.set("requestKind", kind(asked.kind()));
    request.set("requestResource", resource(target.type()));
    putIfSet(request, "requestSubResource", target.subresource());
    putIfSet(request, "name", target.name());
    boolean aNamespace = target.type().groupResource().equals(NAMESPACES);
    putIfSet(request, "namespace", aNamespace ? target.name() : target.namespace());
    request.put("operation", asked.operation().name());
    request.set("userInfo", user(asked.user()));
    request.put("dryRun", target.dryRun());
    request.set("options", orNull(asked.options()));
    return request;
  }

  private static JsonNode orNull(@Nullable ObjectNode object) {
    return object == null ? Json.mapper().nullNode() : object;
  }

  private static ObjectNode kind(BodyKind kind) {
    return Json.object()
        .put("group", kind.group())
        .put("version", kind.version())
        .put("kind", kind.kind());
  }

  private static ObjectNode resource(ResourceType type) {
    return Json.object()
        .put("group", type.group())
        .put("version", type.version())
        .put("resource", type.resource());
  }

  private static ObjectNode user(UserInfo user) {
    ObjectNode info = Json.object().put("username", user.name());
    putIfSet(info, "uid", user.uid());
    if (!user.groups().isEmpty()) {
      ArrayNode groups = info.putArray("groups");
      user.groups().forEach(groups::add);
    }
    if (!user.extra().isEmpty()) {
      ObjectNode extra = info.putObject("extra");
      user.extra().forEach((key, values) -> values.forEach(extra.withArray(key)::add));
    }
    return info;
  }

  private static void putIfSet(ObjectNode node, String field, String value) {
    if (!value.isEmpty()) {
      node.put(field, value);
    }
  }
}
