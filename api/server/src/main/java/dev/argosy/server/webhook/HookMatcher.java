package dev.argosy.server.webhook;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.model.status.Status;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.ObjectLookup;
import dev.argosy.server.admission.Operation;
import dev.argosy.server.policy.MatchConditions;
import dev.argosy.server.registry.KindTables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Finds out whether a webhook wants to see a write, and in which version. */
final class HookMatcher {

  private static final GroupResource NAMESPACES = new GroupResource("", "namespaces");

  /** Nobody's webhook may stand in the way of repairing webhooks. */
  private static final Set<String> EXEMPT =
      Set.of(
          "validatingwebhookconfigurations",
          "mutatingwebhookconfigurations",
          "validatingadmissionpolicies",
          "validatingadmissionpolicybindings",
          "mutatingadmissionpolicies",
          "mutatingadmissionpolicybindings");

  private final KindTables kinds;
  private final ObjectLookup lookup;
  private final Conditions conditions;

  HookMatcher(KindTables kinds, ObjectLookup lookup, Conditions conditions) {
    this.conditions = conditions;
    this.kinds = kinds;
    this.lookup = lookup;
  }

  /** Whether webhooks never see writes of that resource. */
  static boolean exempt(AdmissionRequest request) {
    GroupResource resource = request.target().type().groupResource();
    return resource.group().equals(HookSource.GROUP) && EXEMPT.contains(resource.resource());
  }

  /**
   * The bodies to show to the webhook, or nothing if it does not want to see the write.
   *
   * @throws dev.argosy.model.status.StatusException Forbidden if its conditions fail and it is not
   *     to be ignored
   */
  Optional<Bodies> match(Hook hook, AdmissionRequest request) {
    return bodies(hook, request)
        .filter(bodies -> namespaceFits(hook.which().namespaces(), request))
        .filter(bodies -> objectFits(hook.which().objects(), request))
        .filter(bodies -> conditionsFit(hook, bodies));
  }

  private Optional<Bodies> bodies(Hook hook, AdmissionRequest request) {
    var type = request.target().type();
    RuleSet rules = hook.which().rules();
    boolean direct = rules.match(request, type);
    if (!direct && !hook.which().equivalent()) {
      return Optional.empty();
    }
    Optional<KindSchema> kind =
        kinds.of(request.target().cluster()).find(type.group(), type.version(), type.resource());
    if (direct || kind.isEmpty()) {
      return kind.map(own -> Bodies.plain(request, own));
    }
    return rules
        .firstMatch(request, equivalents(request, kind.get()))
        .map(other -> Bodies.converted(request, kind.get(), other));
  }

  /** Other names and versions of the same stored objects. */
  private List<KindSchema> equivalents(AdmissionRequest request, KindSchema kind) {
    String part = request.target().subresource();
    return kinds.of(request.target().cluster()).all().stream()
        .filter(other -> other.storage().equals(kind.storage()) && !other.equals(kind))
        .filter(other -> part.isEmpty() || other.type().subresources().contains(part))
        .toList();
  }

  private boolean namespaceFits(LabelSelector selector, AdmissionRequest request) {
    AdmissionRequest.Target target = request.target();
    boolean aNamespace = target.type().groupResource().equals(NAMESPACES);
    if (selector.matchesEverything() || target.namespace().isEmpty() && !aNamespace) {
      return true;
    }
    boolean own =
        aNamespace && target.subresource().isEmpty() && request.operation() != Operation.DELETE;
    ObjectNode object = request.object();
    if (own && object != null) {
      return selector.matches(labels(object));
    }
    String name = aNamespace ? target.name() : target.namespace();
    return lookup
        .find(new ObjectKey(NAMESPACES, target.cluster(), "", name))
        .map(namespace -> selector.matches(namespace.meta().labels()))
        .orElseThrow(() -> Status.notFound(NAMESPACES, name).asException());
  }

  private static boolean objectFits(LabelSelector selector, AdmissionRequest request) {
    return selector.matchesEverything()
        || objectFits(selector, request.object())
        || objectFits(selector, request.old());
  }

  private static boolean objectFits(LabelSelector selector, @Nullable ObjectNode object) {
    return object != null && object.has("metadata") && selector.matches(labels(object));
  }

  private static Map<String, String> labels(ObjectNode object) {
    Map<String, String> labels = new LinkedHashMap<>();
    object
        .path("metadata")
        .path("labels")
        .forEachEntry((key, value) -> labels.put(key, value.asString("")));
    return labels;
  }

  private boolean conditionsFit(Hook hook, Bodies bodies) {
    return switch (conditions.match(hook.which().conditions(), bodies)) {
      case MatchConditions.Match.Yes yes -> true;
      case MatchConditions.Match.No no -> false;
      case MatchConditions.Match.Unclear(String message) -> {
        if (hook.failOpen()) {
          yield false;
        }
        AdmissionRequest.Target target = bodies.request().target();
        throw Status.forbidden(target.type().groupResource(), target.name(), message).asException();
      }
    };
  }
}
