package dev.argosy.server.tenant.request;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.tenancy.tenant.Tenant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Which requests are approved at once.
 *
 * @param askers whose
 * @param parents below which of these; only without a parent if empty
 * @param templates with which of these; any or none if empty
 * @param names of tenants, as an expression that the whole name must match; all if empty
 * @param most tenants that one user may have by it
 */
record RequestPolicy(
    String name,
    TenantRequest.Askers askers,
    List<String> parents,
    List<String> templates,
    String names,
    int most) {

  static final GroupResource RESOURCE =
      new GroupResource(Tenant.RESOURCE.group(), "tenantrequestpolicies");

  RequestPolicy {
    parents = List.copyOf(parents);
    templates = List.copyOf(templates);
  }

  static RequestPolicy of(ApiObject object) {
    JsonNode spec = object.tree().path("spec");
    return new RequestPolicy(
        object.name(),
        new TenantRequest.Askers(
            TenantRequest.texts(spec.path("users")), TenantRequest.texts(spec.path("groups"))),
        TenantRequest.texts(spec.path("parents")),
        TenantRequest.texts(spec.path("templates")),
        spec.path("namePattern").asString(""),
        spec.path("tenantsPerUser").asInt(1));
  }

  /** Whether it approves such a request, if it has a place left. */
  boolean isFor(TenantRequest request) {
    return askers.include(request.asker())
        && (request.parent().isEmpty() ? parents.isEmpty() : parents.contains(request.parent()))
        && (templates.isEmpty() || templates.contains(request.template()))
        && (names.isEmpty() || matches(request.tenant()));
  }

  private boolean matches(String tenant) {
    try {
      return Pattern.matches(names, tenant);
    } catch (PatternSyntaxException e) {
      return false; // refused when it was written
    }
  }
}
