package dev.argosy.console.access;

import dev.argosy.console.session.ConsoleSession;
import dev.argosy.console.session.Resources;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ObjectList;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where roles are given: in a tenant, or on the platform.
 *
 * @param tenant empty for the platform
 * @param roles that are always there
 * @param subjects the kinds of those who can have one
 */
record RolePlace(
    GroupResource resource, String tenant, String kind, List<String> roles, List<String> subjects) {

  private static final GroupResource ROLES = new GroupResource(Resources.TENANCY, "tenantroles");

  RolePlace {
    roles = List.copyOf(roles);
    subjects = List.copyOf(subjects);
  }

  static RolePlace tenant(String name) {
    return new RolePlace(
        Resources.MEMBERS,
        name,
        "Member",
        List.of("viewer", "member", "admin"),
        List.of("User", "Group", "ServiceAccount"));
  }

  static RolePlace platform() {
    return new RolePlace(
        Resources.GRANTS,
        "",
        "AccessGrant",
        List.of("platform-viewer", "platform-operator", "platform-admin"),
        List.of("User", "Group"));
  }

  boolean ofPlatform() {
    return tenant.isEmpty();
  }

  ResourceScope scope() {
    return Resources.inRoot(resource);
  }

  /** Selects the roles of this place among all. */
  String selector() {
    return ofPlatform() ? "" : "spec.tenant=" + tenant;
  }

  /** The roles that can be given here, as far as the user sees them. */
  List<String> choices(ConsoleSession session) {
    List<String> all = new ArrayList<>(roles);
    if (session.api().list(Resources.inRoot(ROLES), ListOptions.EVERYTHING)
        instanceof ApiResult.Ok<ObjectList>(ObjectList made)) {
      made.items().stream().filter(this::fits).map(ApiObject::name).forEach(all::add);
    }
    return all;
  }

  private boolean fits(ApiObject role) {
    String owner = role.tree().path("spec").path("tenant").asString("");
    return owner.isEmpty() || !ofPlatform();
  }

  /** A new role here, yet without whose and which it is; what a tenant has begins with its name. */
  ObjectNode empty() {
    ObjectNode object = Resources.tenancy(kind);
    object.putObject("metadata").put("generateName", ofPlatform() ? "grant-" : tenant + ".");
    ObjectNode spec = object.putObject("spec");
    if (!ofPlatform()) {
      spec.put("tenant", tenant);
    }
    return object;
  }
}
