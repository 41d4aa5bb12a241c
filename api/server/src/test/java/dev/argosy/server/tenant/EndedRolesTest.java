package dev.argosy.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.role.AccessGrant;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What ended is removed a day later, and nothing else. */
class EndedRolesTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private final ApiClient client = new FakeApi(Clock.systemUTC()).client();

  private void put(GroupResource resource, String name, String end) {
    ObjectNode object = Json.object();
    object.putObject("metadata").put("name", name);
    ObjectNode spec = object.putObject("spec");
    if (!end.isEmpty()) {
      spec.put("expiresAt", end);
    }
    client.create(ResourceScope.cluster(resource, "root"), object).orThrow();
  }

  private boolean there(GroupResource resource, String name) {
    return client.get(new ObjectKey(resource, "root", "", name)) instanceof ApiResult.Ok;
  }

  @Test
  void aDayLaterItGoes() {
    for (GroupResource resource : new GroupResource[] {Member.RESOURCE, AccessGrant.RESOURCE}) {
      put(resource, "for-ever", "");
      put(resource, "later", "2026-03-09T12:00:00Z");
      put(resource, "just-over", "2026-03-02T11:59:59Z");
      put(resource, "long-over", "2026-03-01T12:00:00Z");
      put(resource, "elsewhere", "2026-03-01T13:00:00+02:00");
      put(resource, "unreadable", "soon");
    }
    new EndedRoles(client, Clock.fixed(NOW, ZoneOffset.UTC), () -> {}).clear();
    for (GroupResource resource : new GroupResource[] {Member.RESOURCE, AccessGrant.RESOURCE}) {
      for (String kept : new String[] {"for-ever", "later", "just-over", "unreadable"}) {
        assertThat(there(resource, kept)).as(kept).isTrue();
      }
      assertThat(there(resource, "long-over")).isFalse();
      assertThat(there(resource, "elsewhere")).isFalse();
    }
  }
}
