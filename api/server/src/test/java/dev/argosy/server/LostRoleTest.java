package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.AccessRig.Answer;
import dev.argosy.server.tenant.PlatformStore;
import dev.argosy.store.spi.Change;
import dev.argosy.tenancy.role.CustomRole;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who names a role that goes in the same moment is told that, and not that there is one already.
 */
class LostRoleTest extends AccessTokenScene {

  private static final String ROOT = "/clusters/root/apis/tenancy.argosy.dev/v1/";

  LostRoleTest(AccessTokenScene.Servers servers) {
    super(servers);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "members|`\"tenant\":\"acme\",`|lost-of-member",
        "accessgrants|``|lost-of-grant",
      },
      delimiter = '|')
  void aRoleThatAnotherServerHasJustDeleted(String resource, String tenant, String role)
      throws Exception {
    String made = "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"rules\":[]}}".formatted(role);
    ok(201, call("POST", ROOT + "tenantroles", rig.admin(), made));
    ok(200, call("GET", ROOT + "tenantroles/" + role, rig.admin(), null));
    try (PlatformStore other = AccessLayer.platformStore(rig.database)) {
      ObjectKey key = new ObjectKey(CustomRole.RESOURCE, "root", "", role);
      other.commit(List.of(new Change.Delete(key, other.get(key).orElseThrow().revision())));
    }
    String names =
        "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s\"role\":\"%s\",\"subject\":{\"kind\":\"User\",\"name\":\"x\"}}}"
            .formatted(role, tenant, role);
    Answer refused = call("POST", ROOT + resource, rig.admin(), names);
    assertThat(refused.json().path("reason").asString())
        .as(refused.body())
        .isIn("Conflict", "Invalid");
    assertThat(refused.json().path("message").asString())
        .containsAnyOf("what it refers to has just changed", "a TenantRole that can be given here");
    AccessRig.await(
        () -> call("POST", ROOT + resource, rig.admin(), names).code() == 422); // once it is known
    ok(404, call("GET", ROOT + resource + "/" + role, rig.admin(), null));
  }
}
