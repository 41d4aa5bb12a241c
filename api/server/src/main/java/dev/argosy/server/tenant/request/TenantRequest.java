package dev.argosy.server.tenant.request;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.tenancy.tenant.Tenant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What somebody asks for.
 *
 * @param parent empty if none
 * @param template empty if none
 */
record TenantRequest(
    String name, String uid, Asker asker, String tenant, String parent, String template) {

  static final GroupResource RESOURCE =
      new GroupResource(Tenant.RESOURCE.group(), "tenantrequests");

  /** Who asks, as authentication found out when they asked. */
  record Asker(String username, List<String> groups) {
    Asker {
      groups = List.copyOf(groups);
    }
  }

  /** Some users, by their names or groups. */
  record Askers(List<String> users, List<String> groups) {
    Askers {
      users = List.copyOf(users);
      groups = List.copyOf(groups);
    }

    boolean include(Asker asker) {
      return users.contains(asker.username()) || asker.groups().stream().anyMatch(groups::contains);
    }
  }

  static TenantRequest of(JsonNode object) {
    JsonNode spec = object.path("spec");
    return new TenantRequest(
        object.path("metadata").path("name").asString(""),
        object.path("metadata").path("uid").asString(""),
        new Asker(spec.path("username").asString(""), texts(spec.path("groups"))),
        spec.path("name").asString(""),
        spec.path("parent").asString(""),
        spec.path("template").asString(""));
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asString("")));
    return texts;
  }

  static ObjectKey key(String name) {
    return new ObjectKey(RESOURCE, ClusterDirectory.ROOT, "", name);
  }
}
