package dev.argosy.console.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.session.Resources;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.object.ApiObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import tools.jackson.databind.node.ObjectNode;

/** Members of a tenant and access tokens, in a real browser. */
class AccessBrowserIT {

  @RegisterExtension final ConsoleInBrowser console = new ConsoleInBrowser();

  private List<ObjectNode> membersNamed(String user) {
    return console
        .api()
        .list(Resources.inRoot(Resources.MEMBERS), ListOptions.EVERYTHING)
        .orThrow()
        .items()
        .stream()
        .map(ApiObject::tree)
        .filter(member -> member.at("/spec/subject/name").asString("").equals(user))
        .toList();
  }

  @Test
  void aMemberIsAddedChangedAndRemoved() {
    console.open("t/acme/members");
    console.await("Expired");
    console.press("Add member");
    console.type("vaadin-dialog vaadin-text-field input", "eve", Keys.ENTER);
    console.await("eve has the role viewer");
    assertThat(membersNamed("eve").getFirst().at("/spec/tenant").asString()).isEqualTo("acme");
    assertThat(membersNamed("eve").getFirst().at("/metadata/name").asString()).startsWith("acme.");

    console.click("[aria-label='Change eve']");
    console.type("vaadin-dialog vaadin-combo-box input", "member", Keys.ENTER);
    console.press("Change", "vaadin-dialog");
    console.await("eve has the role member now");
    assertThat(membersNamed("eve").getFirst().at("/spec/role").asString()).isEqualTo("member");

    console.click("[aria-label='Remove eve']");
    console.click("vaadin-confirm-dialog vaadin-button[slot='confirm-button']");
    console.await("eve has not the role member any more");
    assertThat(membersNamed("eve")).isEmpty();
  }

  private List<ObjectNode> invited(String email) {
    return console
        .api()
        .list(Resources.inRoot(Resources.INVITATIONS), ListOptions.EVERYTHING)
        .orThrow()
        .items()
        .stream()
        .map(ApiObject::tree)
        .filter(invitation -> invitation.at("/spec/email").asString("").equals(email))
        .toList();
  }

  @Test
  void anInvitationIsMadeAndRevoked() {
    console.open("t/acme/members");
    console.await("late@example.com");
    console.press("Invite");
    console.type("vaadin-dialog vaadin-text-field input", "not an address", Keys.ENTER);
    console.await("One e-mail address");
    console.type("vaadin-dialog vaadin-text-field input", "eve@example.com", Keys.ENTER);
    console.await("Tell eve@example.com");
    console.await("/invitations");
    ObjectNode made = invited("eve@example.com").getFirst();
    assertThat(made.at("/spec/tenant").asString()).isEqualTo("acme");
    assertThat(made.at("/spec/role").asString()).isEqualTo("viewer");
    assertThat(made.at("/metadata/name").asString()).startsWith("acme.");
    console.press("Done");

    console.click("[aria-label='Revoke eve@example.com']");
    console.click("vaadin-confirm-dialog vaadin-button[slot='confirm-button']");
    console.await("The invitation of eve@example.com is gone");
    assertThat(invited("eve@example.com")).isEmpty();
  }

  @Test
  void whoIsInvitedAcceptsWhereTheyArrive() {
    console.enter(DemoData.memberOfNone());
    console.open("");
    console.await("globex");
    assertThat(console.text()).contains("Pending", "gus").doesNotContain("late@example.com");
    console.click("[aria-label='Accept globex']");
    console.await("You are a member of globex");
    console.await("Open");
    assertThat(invited("Ada@example.com").getFirst().at("/status/phase").asString())
        .isEqualTo("Accepted");
    console.open("invitations");
    console.await("Accepted");
  }

  @Test
  void aServiceClientsSecretIsShownOnce() {
    console.open("t/acme/members");
    console.await("acme.nightly");
    console.await("Provider away");
    console.press("New service client");
    console.type("vaadin-dialog vaadin-text-field input", "eve", Keys.ENTER);
    console.await("acme.eve is made");
    console.await("Being made");
    ObjectNode made =
        console.api().get(Resources.inRoot(Resources.SERVICE_CLIENTS, "acme.eve")).orThrow().tree();
    assertThat(made.at("/spec/tenant").asString()).isEqualTo("acme");
    assertThat(made.at("/spec/role").asString()).isEqualTo("viewer");

    console.click("[aria-label='New secret acme.ci']");
    console.click("vaadin-confirm-dialog vaadin-button[slot='confirm-button']");
    console.await("not-a-real-secret");
    console.press("Done");
    console.awaitGone("not-a-real-secret");
    assertThat(console.browser().getPageSource()).doesNotContain("not-a-real-secret");

    console.click("[aria-label='Delete acme.eve']");
    console.click("vaadin-confirm-dialog vaadin-button[slot='confirm-button']");
    console.await("acme.eve is deleted");
    assertThat(
            console.api().get(Resources.inRoot(Resources.SERVICE_CLIENTS, "acme.eve")).orAbsent())
        .isEmpty();
  }

  @Test
  void aTokenIsShownOnceAndRevoked() {
    console.open("t/acme/tokens");
    console.await("Ended");
    console.press("New token");
    console.type("vaadin-dialog vaadin-text-field input", "ci", Keys.ENTER);
    console.await("It is not shown again.");
    console.await("argosy_pat_");
    console.press("Done");
    console.awaitGone("argosy_pat_");
    assertThat(console.browser().getPageSource()).doesNotContain("argosy_pat_");

    console.click("[aria-label='Revoke ci']");
    console.click("vaadin-confirm-dialog vaadin-button[slot='confirm-button']");
    console.await("ci is revoked");
    assertThat(
            console
                .api()
                .list(
                    ResourceScope.cluster(Resources.TOKENS, DemoData.ACME), ListOptions.EVERYTHING)
                .orThrow()
                .items())
        .noneMatch(token -> token.name().equals("ci"));
  }
}
