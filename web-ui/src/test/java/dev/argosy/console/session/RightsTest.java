package dev.argosy.console.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class RightsTest {

  private static final GroupResource REVIEWS =
      new GroupResource("authorization.k8s.io", "selfsubjectaccessreviews");

  private final FakeApi fake = new FakeApi(Clock.systemUTC());
  private final Rights rights = new Rights(fake.client());
  private ObjectNode asked = Json.object();

  private void answer(boolean allowed) {
    fake.setAnswer(
        REVIEWS,
        "",
        (request, body) -> {
          asked = body.deepCopy();
          body.putObject("status").put("allowed", allowed);
          return body;
        });
  }

  @Test
  void asksTheApiAboutThePartOfAnObject() {
    answer(true);
    assertThat(rights.may("create", Resources.inRoot(Resources.TENANTS, "acme"), "restore"))
        .isEqualTo(Permission.GIVEN);
    assertThat(asked.at("/spec/resourceAttributes").toString())
        .contains("\"verb\":\"create\"", "\"resource\":\"tenants\"", "\"subresource\":\"restore\"")
        .contains("\"name\":\"acme\"", "\"group\":\"tenancy.argosy.dev\"");
  }

  @Test
  void saysWhatIsMissing() {
    answer(false);
    assertThat(rights.may("delete", Resources.inRoot(Resources.TENANTS, "acme")).reason())
        .isEqualTo("You may not delete tenants in “root”. Ask its administrators.");
    assertThat(rights.mayGet("acme", "/usage").reason())
        .isEqualTo("You may not read /usage in “acme”. Ask its administrators.");
    assertThat(asked.at("/spec/nonResourceAttributes/path").asString()).isEqualTo("/usage");
  }

  @Test
  void leavesItToTheApiWhereItCannotBeAsked() {
    fake.setFault(
        (verb, resource, name) -> Optional.of(Status.of(Reason.FORBIDDEN, "no reviews here")));
    assertThat(rights.may("list", Resources.inRoot(Resources.MEMBERS))).isEqualTo(Permission.GIVEN);
  }
}
