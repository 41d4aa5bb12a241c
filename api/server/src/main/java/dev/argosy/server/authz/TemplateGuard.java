package dev.argosy.server.authz;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.schema.KindTable;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.tenancy.member.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a template holds, the platform makes in clusters to come. So its author must be allowed to
 * make each of the objects in every cluster, and to give what its roles and bindings give; or have
 * the verb {@code escalate} on templates.
 */
public final class TemplateGuard implements AdmissionStep {

  private static final GroupResource TEMPLATES =
      new GroupResource("tenancy.argosy.dev", "tenanttemplates");

  private final Giving giving;
  private final HeldRules held;
  private final KindTable kinds;

  /**
   * @param kinds what every tenant's cluster has
   */
  public TemplateGuard(Giving giving, HeldRules held, KindTable kinds) {
    this.giving = giving;
    this.held = held;
    this.kinds = kinds;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    ObjectNode old = request.old();
    if (object == null
        || !request.concerns(TEMPLATES.group(), TEMPLATES.resource())
        || (old != null && old.path("spec").equals(object.path("spec")))) {
      return;
    }
    String name = old == null ? "" : request.target().name();
    if (!giving.mayBeyond(
        TenantAffairs.asked(request.user(), "escalate", TEMPLATES, name), "", Term.OPEN)) {
      List<PolicyRule> wanted = wanted(object.path("spec").path("objects"));
      giving.requireHeld(request, object, new Giving.Wanted("", wanted, Term.OPEN));
    }
  }

  private List<PolicyRule> wanted(JsonNode objects) {
    List<PolicyRule> all = new ArrayList<>();
    for (JsonNode object : objects) {
      kinds
          .ofKind(text(object, "apiVersion"), text(object, "kind"))
          .map(KindSchema::type)
          .ifPresent(type -> {
            all.add(
                PolicyRule.resources(
                    List.of("create"), List.of(type.group()), List.of(type.resource())));
            all.addAll(given(type, object, objects));
          });
    }
    return all;
  }

  /** What an RBAC object gives; everything if that is not known yet. */
  private List<PolicyRule> given(ResourceType type, JsonNode object, JsonNode objects) {
    if (!type.group().equals(RbacKind.GROUP)) {
      return List.of();
    }
    return switch (RbacKind.of(type.kind())) {
      case ROLE, CLUSTER_ROLE ->
          object.path("aggregationRule").isObject()
              ? TenantRoleRules.EVERYTHING
              : PolicyRule.listOf(object.path("rules"));
      case ROLE_BINDING, CLUSTER_ROLE_BINDING -> bound(object, objects);
    };
  }

  private List<PolicyRule> bound(JsonNode binding, JsonNode objects) {
    JsonNode ref = binding.path("roleRef");
    String kind = text(ref, "kind");
    String name = text(ref, "name");
    String namespace =
        kind.equals(RbacKind.ROLE.kind()) ? text(binding.path("metadata"), "namespace") : "";
    Optional<JsonNode> own =
        StreamSupport.stream(objects.spliterator(), false)
            .filter(role ->
                text(role, "kind").equals(kind)
                    && text(role, "apiVersion").startsWith(RbacKind.GROUP + "/")
                    && text(role.path("metadata"), "name").equals(name)
                    && text(role.path("metadata"), "namespace").equals(namespace))
            .findFirst();
    return own.isPresent()
        ? List.of() // what it gives is asked for where it stands
        : held.preset(namespace, name).orElse(TenantRoleRules.EVERYTHING);
  }

  private static String text(JsonNode object, String member) {
    return object.path(member).asString("");
  }
}
