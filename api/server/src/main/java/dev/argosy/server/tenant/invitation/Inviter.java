package dev.argosy.server.tenant.invitation;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.tenancy.member.Invitation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who invited, as authentication found out when they did, and to which tenant of that name. Kept
 * where no API shows it.
 *
 * @param tenantUid by which the tenant differs from a later one of the same name
 */
record Inviter(UserInfo user, String tenantUid) {

  private static final GroupResource RESOURCE =
      new GroupResource(Invitation.RESOURCE.group(), "inviters");

  /** Where it is kept, by the uid of the invitation. */
  static ObjectKey key(String uid) {
    return new ObjectKey(RESOURCE, ClusterDirectory.ROOT, "", uid);
  }

  byte[] document(String uid) {
    ObjectNode document = Json.object();
    document.put("apiVersion", RESOURCE.group() + "/v1").put("kind", "Inviter");
    document.putObject("metadata").put("name", uid);
    document.put("tenantUid", tenantUid);
    ObjectNode who = document.putObject("user").put("name", user.name()).put("uid", user.uid());
    ArrayNode groups = who.putArray("groups");
    user.groups().forEach(groups::add);
    return Json.canonical(document);
  }

  static Inviter of(JsonNode document) {
    JsonNode who = document.path("user");
    List<String> groups = new ArrayList<>();
    who.path("groups").forEach(group -> groups.add(group.asString("")));
    return new Inviter(
        new UserInfo(who.path("name").asString(""), who.path("uid").asString(""), groups, Map.of()),
        document.path("tenantUid").asString(""));
  }
}
