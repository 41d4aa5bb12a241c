package dev.argosy.server.policy;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionRequest.Target;
import dev.argosy.server.admission.ObjectLookup;
import dev.argosy.server.cel.Bindings;
import dev.argosy.server.cel.Shape;
import dev.argosy.server.cel.library.AuthorizerValues.AuthorizerValue;
import dev.argosy.server.cel.value.JsonValues;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The variables that a request gives expressions: {@code object}, {@code oldObject}, {@code
 * request}, {@code namespaceObject}, {@code authorizer}. Each is made when it is first asked for.
 * For one request, and not beyond a change of its object.
 */
public final class RequestVariables implements Bindings {

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  private final AdmissionRequest request;
  private final ObjectLookup lookup;
  private final Authorizer authorizer;
  private final Map<String, Object> made = new HashMap<>();

  public RequestVariables(AdmissionRequest request, ObjectLookup lookup, Authorizer authorizer) {
    this.request = request;
    this.lookup = lookup;
    this.authorizer = authorizer;
  }

  /** What these variables look like to the compiler. */
  public static Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    shapes.put("object", Shape.DYN);
    shapes.put("oldObject", Shape.DYN);
    shapes.put("request", requestShape());
    shapes.put("namespaceObject", Shape.DYN);
    shapes.put("authorizer", Shape.AUTHORIZER);
    shapes.put("authorizer.requestResource", Shape.REQUEST_RESOURCE);
    return shapes;
  }

  private static Shape requestShape() {
    Shape text = Shape.STRING;
    Shape kind =
        object("kubernetes.GroupVersionKind", Map.of("group", text, "version", text, "kind", text));
    Shape resource =
        object(
            "kubernetes.GroupVersionResource",
            Map.of("group", text, "version", text, "resource", text));
    Shape texts = new Shape.ListOf(text, Shape.UNBOUNDED);
    Shape user =
        object(
            "kubernetes.UserInfo",
            Map.of(
                "username",
                text,
                "uid",
                text,
                "groups",
                texts,
                "extra",
                new Shape.MapOf(texts, Shape.UNBOUNDED)));
    return object(
        "kubernetes.AdmissionRequest",
        Map.ofEntries(
            Map.entry("kind", kind),
            Map.entry("resource", resource),
            Map.entry("subResource", text),
            Map.entry("requestKind", kind),
            Map.entry("requestResource", resource),
            Map.entry("requestSubResource", text),
            Map.entry("name", text),
            Map.entry("namespace", text),
            Map.entry("operation", text),
            Map.entry("userInfo", user),
            Map.entry("dryRun", Shape.BOOL),
            Map.entry("options", Shape.DYN)));
  }

  private static Shape object(String name, Map<String, Shape> fields) {
    Set<String> names = fields.keySet();
    return new Shape.ObjectOf(name, () -> names, fields::get);
  }

  @Override
  public @Nullable Object find(String name) {
    Object known = made.get(name);
    if (known != null) {
      return known;
    }
    Object value =
        switch (name) {
          case "object" -> JsonValues.of(request.object(), Shape.DYN);
          case "oldObject" -> JsonValues.of(request.old(), Shape.DYN);
          case "request" -> JsonValues.of(review(), Shape.DYN);
          case "namespaceObject" -> JsonValues.of(namespace(), Shape.DYN);
          case "authorizer" -> authorizer();
          case "authorizer.requestResource" -> authorizer().requestResource(attributes());
          default -> null;
        };
    if (value != null) {
      made.put(name, value);
    }
    return value;
  }

  private AuthorizerValue authorizer() {
    return new AuthorizerValue(authorizer, request.user(), request.target().cluster());
  }

  private Attributes attributes() {
    Target target = request.target();
    ResourceType type = target.type();
    return new Attributes(
        request.user(),
        target.cluster(),
        "",
        type.group(),
        type.version(),
        type.resource(),
        target.subresource(),
        target.namespace(),
        target.name(),
        "");
  }

  private @Nullable ObjectNode namespace() {
    Target target = request.target();
    boolean isNamespace = target.type().groupResource().equals(NAMESPACES);
    if (target.namespace().isEmpty() || isNamespace) {
      return null;
    }
    Optional<ApiObject> found =
        lookup.find(new ObjectKey(NAMESPACES, target.cluster(), "", target.namespace()));
    return found.map(ApiObject::tree).orElse(null);
  }

  /** The request as AdmissionReview tells it, without the objects. */
  private ObjectNode review() {
    Target target = request.target();
    ResourceType type = target.type();
    ObjectNode review = Json.object();
    for (String field : new String[] {"kind", "requestKind"}) {
      review
          .putObject(field)
          .put("group", request.kind().group())
          .put("version", request.kind().version())
          .put("kind", request.kind().kind());
    }
    for (String field : new String[] {"resource", "requestResource"}) {
      review
          .putObject(field)
          .put("group", type.group())
          .put("version", type.version())
          .put("resource", type.resource());
    }
    if (!target.subresource().isEmpty()) {
      review.put("subResource", target.subresource());
      review.put("requestSubResource", target.subresource());
    }
    if (!target.name().isEmpty()) {
      review.put("name", target.name());
    }
    if (!target.namespace().isEmpty()) {
      review.put("namespace", target.namespace());
    }
    review.put("operation", request.operation().name());
    review.set("userInfo", user(request.user()));
    review.put("dryRun", target.dryRun());
    ObjectNode options = request.options();
    if (options != null) {
      review.set("options", options);
    }
    return review;
  }

  private static ObjectNode user(UserInfo user) {
    ObjectNode json = Json.object();
    json.put("username", user.name());
    if (!user.uid().isEmpty()) {
      json.put("uid", user.uid());
    }
    ArrayNode groups = json.putArray("groups");
    user.groups().forEach(groups::add);
    ObjectNode extra = json.putObject("extra");
    user.extra()
        .forEach((key, values) -> {
          ArrayNode array = extra.putArray(key);
          values.forEach(array::add);
        });
    return json;
  }
}
