package dev.argosy.console.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.session.Resources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Quotas, budgets, the audit trail and histories, in a real browser. */
class InsightBrowserIT {

  @RegisterExtension final ConsoleInBrowser console = new ConsoleInBrowser();

  @Test
  void quotasShowWhatIsUsedAndABudgetIsSet() {
    console.open("t/acme/quotas");
    console.await("300 Mi of 512 Mi");
    console.await("3 of 10");
    console.await("requests.cpu (acme.compute)");
    assertThat(console.find(".plot svg").getAttribute("aria-label"))
        .isEqualTo("requests.cpu (acme.compute), used and allowed");
    assertThat(console.browser().findElements(By.cssSelector(".plot .bar-used"))).hasSize(20);
    console.press("Set a budget");
    console.type("vaadin-dialog vaadin-text-field input", "much", Keys.ENTER);
    console.await("An amount, such as 500 or 499.90");
    console.type("vaadin-dialog vaadin-text-field input", "750", Keys.ENTER);
    console.await("acme may cost 750 each month");
    assertThat(
            console
                .api()
                .get(Resources.inRoot(Resources.BUDGETS, "acme"))
                .orThrow()
                .tree()
                .at("/spec/monthly")
                .asString())
        .isEqualTo("750");
  }

  @Test
  void theAuditTrailIsSearchedPageByPage() {
    console.open("t/acme/audit");
    console.await("Forbidden 403");
    console.press("Show older");
    console.awaitGone("Show older");
    console.type("vaadin-text-field input", "mallory", Keys.ENTER);
    console.awaitGone("somebody");
    console.await("mallory");
    console.click("[aria-label^='Details acme.']");
    console.await("\"decision\" : \"forbid\"");
  }

  @Test
  void anObjectsPastIsComparedAndRestored() {
    console.open("t/acme/workloads");
    console.click("[aria-label='History store']");
    console.await("History of store");
    console.await("12 (now)");
    console.click("[aria-label='Compare 11-a']");
    console.await("spec › replicas");
    console.press("Close");
    console.click("[aria-label='Restore 11-a']");
    console.click("vaadin-confirm-dialog vaadin-button[slot='confirm-button']");
    console.await("It is what it was");
  }
}
