package dev.argosy.console.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.session.Resources;
import dev.argosy.model.client.fake.Fault;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import tools.jackson.databind.node.ObjectNode;

/** Usage and cost, in a real browser. */
class UsageBrowserIT {

  private static final String CSV = "a.export";

  @RegisterExtension final ConsoleInBrowser console = new ConsoleInBrowser();

  private void budget(String monthly) {
    ObjectNode budget = Json.object();
    budget.put("apiVersion", "tenancy.argosy.dev/v1").put("kind", "TenantBudget");
    budget.putObject("metadata").put("name", "acme");
    budget.putObject("spec").put("monthly", monthly).putArray("alertAt").add(50).add(80);
    ApiObject made = console.api().create(Resources.inRoot(Resources.BUDGETS), budget).orThrow();
    ObjectNode whole = made.tree();
    whole.putObject("status").put("month", "2026-11").put("spent", "300").put("currency", "EUR");
    console.api().updateStatus(made.key(), whole).orThrow();
  }

  private void usage(DemoUsage usage) {
    console.fake().setDocument("/usage", usage);
  }

  /** Chooses from a list by keyboard alone. */
  private void choose(String now, String words) {
    console.find("vaadin-select-value-button");
    console.browser().findElements(By.cssSelector("vaadin-select-value-button")).stream()
        .filter(button -> button.getText().strip().equals(now))
        .findFirst()
        .orElseThrow()
        .sendKeys(Keys.ENTER);
    console.await(words);
    console.browser().switchTo().activeElement().sendKeys(words.substring(0, 6), Keys.ENTER);
  }

  private String fetch(WebElement link) {
    return String.valueOf(
        console
            .browser()
            .executeAsyncScript(
                "const done = arguments[1];"
                    + "fetch(arguments[0].href).then(async r => done(r.status + ' ' + await r.text()))",
                link));
  }

  @Test
  void whatATenantUsesAndCostsIsShownBesideItsBudget() {
    budget("500");
    console.open("t/acme/usage");
    console.await("1,234.50");
    console.await("431.25");
    console.await("core-hours");
    console.await("50 % (reached), 80 %");
    console.await("At the month's end, at this pace");
    console.await("a-namespace-with-quite-a-long-name");
    assertThat(console.text()).contains("EUR").contains("GPU-hours");
    assertThat(console.find(".plot svg").getAttribute("aria-label")).startsWith("Cost, ");
    assertThat(console.find(".plot .bar-idle")).isNotNull();
  }

  @Test
  void anotherTimeAndALabelAreChosenByKeyboard() {
    console.open("t/acme/usage");
    console.await("default");
    choose("This month", "Last month");
    console.await(" to ");
    choose("Namespace", "Label app.kubernetes.io/name");
    console.await("(without the label)");
    choose("Cost", "Memory");
    console.await("in GiB-hours");
    assertThat(console.find(".plot svg").getAttribute("aria-label")).startsWith("Memory, ");
    console.find("details summary").sendKeys(Keys.ENTER);
    console.await("Time (UTC)");
  }

  @Test
  void daysAreChosenInTheirOrderOnly() {
    console.open("t/acme/usage");
    console.await("default");
    choose("This month", "Days of your choice");
    console.type("vaadin-date-picker:nth-of-type(2) input", "1 Jan 2020", Keys.ENTER);
    console.await("A day up to today, and in this order");
    console.type("vaadin-date-picker input", "1 Jan 2020", Keys.ENTER);
    console.await("1 Jan 2020 (UTC)");
  }

  @Test
  void usageIsExportedAsTheApiGivesItAndRefusalsAreTold() {
    console.open("t/acme/usage");
    console.await("default");
    String csv = fetch(console.find(CSV));
    assertThat(csv).startsWith("200 from,resource,unit,allocated,used");
    assertThat(fetch(console.find(".export + .export"))).contains("\"items\":[{");
    refuse("User \"ada\" cannot get path \"/usage\"");
    assertThat(fetch(console.find(CSV))).startsWith("403 ");
    console.await("cannot get path");
  }

  private void refuse(String why) {
    console
        .fake()
        .setFault((verb, resource, name) ->
            resource.equals(new GroupResource("", "/usage"))
                ? Optional.of(Status.of(Reason.FORBIDDEN, why))
                : Optional.empty());
  }

  @Test
  void aRefusalIsNotTakenForNothing() {
    refuse("usage cannot be read now");
    console.open("t/acme/usage");
    console.await("usage cannot be read now");
    assertThat(console.text())
        .doesNotContain("Nothing was allocated")
        .doesNotContain("By resource");
    console.fake().setFault(Fault.NONE);
    console.press("Refresh");
    console.await("1,234.50");
    console.awaitGone("usage cannot be read now");
    console.open("platform/usage");
    console.await("globex");
    refuse("usage cannot be read now");
    console.open("t/acme");
    console.await("usage cannot be read now");
  }

  @Test
  void whereNothingWasUsedItIsSaid() {
    usage(DemoUsage.nothing(Clock.systemUTC()));
    console.open("t/acme/usage");
    console.await("Nothing was allocated or used in this time.");
    console.await("EUR 0.00");
  }

  @Test
  void withoutPricesThereAreAmountsOnly() {
    usage(DemoUsage.free(Clock.systemUTC()));
    console.open("t/acme/usage");
    console.await("the platform has no price lists");
    assertThat(console.text()).contains("1,234.50").doesNotContain("EUR").doesNotContain("Shared");
    console.open("t/acme");
    console.await("CPU, core-hours");
  }

  @Test
  void thePlatformSeesAllTenantsTheDearestFirst() {
    console.open("platform/usage");
    console.await("(the platform itself)");
    console.await("(there is none of that name any more)");
    assertThat(console.text().indexOf("globex")).isLessThan(console.text().indexOf("\nacme\n"));
    console.type("input[aria-label='Filter'], vaadin-text-field input", "acme tr");
    console.awaitGone("globex");
    assertThat(fetch(console.find(CSV))).startsWith("200 from,");
    console.click("a[href='t/acme/usage']");
    console.await("By namespace or label");
  }

  @Test
  void theStartOfATenantShowsWhatItCostsToThoseWhoMaySeeIt() {
    console.open("t/acme");
    console.await("EUR so far");
    console
        .fake()
        .setAnswer(
            new GroupResource("authorization.k8s.io", "selfsubjectaccessreviews"),
            "",
            (request, body) -> {
              String path = body.at("/spec/nonResourceAttributes/path").asString("");
              body.putObject("status").put("allowed", !path.equals("/usage"));
              return body;
            });
    console.open("t/globex");
    console.await("No warnings");
    assertThat(console.text()).doesNotContain("so far").doesNotContain("Usage and cost");
  }
}
