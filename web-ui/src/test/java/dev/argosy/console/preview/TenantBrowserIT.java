package dev.argosy.console.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.session.Resources;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

/** The page of one tenant, and requests for tenants, in a real browser. */
class TenantBrowserIT {

  @RegisterExtension final ConsoleInBrowser console = new ConsoleInBrowser();

  private JsonNode tenant(String name) {
    return console.api().get(Resources.inRoot(Resources.TENANTS, name)).orThrow().tree();
  }

  @Test
  void aTenantIsRenamedDeletedAndRestoredOnItsPage() {
    console.open("t/globex/details");
    console.await("TemplateApplied");
    console.press("Rename");
    console.type("vaadin-dialog input", "Globex & Söhne", Keys.ENTER);
    console.await("globex is called “Globex & Söhne” now");
    assertThat(tenant("globex").at("/spec/displayName").asString()).isEqualTo("Globex & Söhne");

    console.press("Delete");
    console.type("vaadin-dialog vaadin-text-field input", "acme", Keys.ENTER);
    console.await("Type “globex”");
    assertThat(tenant("globex").at("/metadata/deletionTimestamp").isMissingNode()).isTrue();
    console.type("vaadin-dialog vaadin-text-field input", "globex", Keys.ENTER);
    console.await("it can be restored until then");
    console.await("It is to be deleted.");
    console.press("Restore");
    console.awaitGone("It is to be deleted.");
    assertThat(tenant("globex").at("/metadata/deletionTimestamp").isMissingNode()).isTrue();
  }

  @Test
  void whatIsRefusedIsToldInTheDialogWhichStays() {
    console
        .fake()
        .setFault((verb, resource, name) ->
            verb.equals("patch")
                ? Optional.of(Status.of(Reason.CONFLICT, "somebody was faster"))
                : Optional.empty());
    console.open("t/globex/details");
    console.press("Rename");
    console.type("vaadin-dialog input", "New", Keys.ENTER);
    console.await("somebody was faster");
    assertThat(console.find("vaadin-dialog input").getDomProperty("value")).isEqualTo("New");
    console.find("vaadin-dialog input").sendKeys(Keys.ESCAPE);
    console.awaitGone("somebody was faster");
  }

  @Test
  void whatTheUserMayNotDoCannotBePressedAndSaysWhy() {
    console
        .fake()
        .setAnswer(
            new GroupResource("authorization.k8s.io", "selfsubjectaccessreviews"),
            "",
            (request, body) -> {
              JsonNode asked = body.at("/spec/resourceAttributes");
              boolean trail = asked.path("resource").asString("").equals("auditrecords");
              boolean delete = asked.path("verb").asString("").equals("delete");
              body.putObject("status").put("allowed", !trail && !delete);
              return body;
            });
    console.open("t/globex/details");
    console.await("Suspend");
    assertThat(console.text()).contains("Access tokens").doesNotContain("Quotas\nAudit");
    String delete = ".actions vaadin-button[theme~='error']";
    assertThat(console.find(delete).getDomAttribute("aria-disabled")).isEqualTo("true");
    console.find(".actions vaadin-button").sendKeys(Keys.TAB, Keys.TAB, Keys.TAB);
    console.await("You may not delete tenants in “root”.");
    assertThat(console.find(".actions vaadin-button").getDomAttribute("aria-disabled")).isNull();
  }

  @Test
  void requestsAreMadeApprovedAndDeniedWithAReason() {
    console.open("requests");
    console.press("Ask for a tenant");
    console.type("vaadin-dialog input", "Not A Name", Keys.ENTER);
    console.await("Lower case letters, digits");
    console.type("vaadin-dialog input", "umbrella", Keys.ENTER);
    console.await("You asked for the tenant “umbrella”");
    console.await("Waiting");

    console.click("[aria-label='Deny initech']");
    console.find("vaadin-dialog input").sendKeys(Keys.ENTER);
    console.await("Say why it is denied");
    console.type("vaadin-dialog input", "Not this year", Keys.ENTER);
    console.await("Not this year (ada)");

    console.click("[aria-label='Approve umbrella']");
    console.find("vaadin-dialog input").sendKeys(Keys.ENTER);
    console.await("The request for umbrella is approved");
  }
}
