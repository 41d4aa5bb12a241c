package dev.argosy.server.review;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.Authorizer.Decision;
import dev.argosy.server.authz.AccessPath;
import dev.argosy.server.authz.AccessPath.Named;
import dev.argosy.server.authz.Explainer;
import dev.argosy.server.authz.PolicyRule;
import dev.argosy.server.registry.Subject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Why may I, or may they, and if not, what is missing and who could give it. */
final class Explanations {

  static final String GROUP = "access.argosy.dev";
  static final GroupResource RESOURCE = new GroupResource(GROUP, "accessexplanations");

  /** Verbs for which a rule cannot name the object. */
  private static final Set<String> OF_MANY = Set.of("create", "list", "watch", "deletecollection");

  private final Authorizer authorizer;
  private final AccessReviews reviews;
  private final Explainer explainer;

  Explanations(Authorizer authorizer, AccessReviews reviews, Explainer explainer) {
    this.authorizer = authorizer;
    this.reviews = reviews;
    this.explainer = explainer;
  }

  ObjectNode explain(Subject subject, ObjectNode body) {
    Questions.check(body, new Problems(GROUP, "AccessExplanation"), false, "");
    JsonNode spec = body.path("spec");
    Sight sight = new Sight(authorizer, subject);
    Attributes asked = Questions.of(spec, about(sight, subject, spec), subject.cluster());
    Decision decision = reviews.decide(asked);
    ObjectNode answer = body.deepCopy();
    ObjectNode status = answer.putObject("status").put("allowed", decision.allowed());
    if (!decision.reason().isEmpty()) {
      status.put("reason", decision.reason());
    }
    if (decision.allowed()) {
      ArrayNode ways = status.putArray("allowedBy");
      for (AccessPath way : explainer.waysOf(asked)) {
        ObjectNode json = ways.addObject();
        AccessJson.write(way.holder(), json.putObject("subject"));
        AccessJson.write(way, json);
      }
    } else if (!reviews.beyondRoles(asked)) {
      missing(asked, sight, status.putObject("missing"));
    }
    return answer;
  }

  private static UserInfo about(Sight sight, Subject subject, JsonNode spec) {
    if (Questions.text(spec, "user").isEmpty() && spec.path("groups").isEmpty()) {
      return subject.user();
    }
    sight.requireOthers(RESOURCE);
    return AccessReviews.user(spec, subject.cluster());
  }

  private void missing(Attributes asked, Sight sight, ObjectNode json) {
    json.set("rule", rule(asked).toJson());
    boolean narrow = !asked.namespace().isEmpty();
    json.put("roleKind", narrow ? "Role" : "ClusterRole");
    if (narrow) {
      json.put("namespace", asked.namespace());
    }
    ArrayNode roles = json.putArray("roles");
    boolean wide = sight.roles("");
    boolean own = narrow && sight.roles(asked.namespace());
    boolean given = sight.tenantRoles();
    for (Named role : explainer.rolesWith(asked)) {
      boolean seen =
          explainer.known(role)
              || (role.kind().equals(Explainer.TENANT_ROLE)
                  ? given
                  : role.namespace().isEmpty() ? wide : own);
      if (seen) {
        AccessJson.add(roles, role);
      }
    }
    granters(asked, sight, json.putArray("granters"));
  }

  private static PolicyRule rule(Attributes asked) {
    if (!asked.resourceRequest()) {
      return new PolicyRule(
          List.of(asked.verb()), List.of(), List.of(), List.of(), List.of(asked.path()));
    }
    String resource =
        asked.subresource().isEmpty()
            ? asked.resource()
            : asked.resource() + "/" + asked.subresource();
    boolean named = !asked.name().isEmpty() && !OF_MANY.contains(asked.verb());
    return new PolicyRule(
        List.of(asked.verb()),
        List.of(asked.group()),
        List.of(resource),
        named ? List.of(asked.name()) : List.of(),
        List.of());
  }

  /** Who may not see the bindings is told of the tenant's administrators, whom they can ask. */
  private void granters(Attributes asked, Sight sight, ArrayNode json) {
    boolean all = sight.bindings(asked.namespace());
    boolean grants = sight.grants();
    Set<String> platform = new LinkedHashSet<>();
    for (AccessPath way : explainer.granters(asked)) {
      boolean admin = way.role().kind().equals("TenantRole") && way.role().name().equals("admin");
      switch (way.binding().kind()) {
        case "Superusers" -> {} // nobody to ask
        case "AccessGrant" -> {
          if (grants) {
            AccessJson.write(way.holder(), json.addObject());
          } else {
            platform.add(way.role().name());
          }
        }
        default -> {
          if (all || admin) {
            AccessJson.write(way.holder(), json.addObject());
          }
        }
      }
    }
    platform.forEach(role -> AccessJson.add(json, new Named("PlatformRole", "", role)));
  }
}
