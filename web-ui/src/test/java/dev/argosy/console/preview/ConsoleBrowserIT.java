package dev.argosy.console.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.session.Resources;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import tools.jackson.databind.node.ObjectNode;

/** The console in a real browser, on the fake API. */
class ConsoleBrowserIT {

  @RegisterExtension final ConsoleInBrowser console = new ConsoleInBrowser();

  @Test
  void aTeamMemberArrivesAtTheirTenant() {
    console.open("t/acme");
    console.await("Overview");
    console.await("Acme Trading");
    console.await("in trouble");
  }

  @Test
  void whoIsMemberOfOneTenantIsLedThere() {
    console.enter(DemoData.memberOf(DemoData.ACME));
    console.open("");
    console.await("Overview");
    console.await("Acme Trading");
  }

  @Test
  void whoChoosesAnotherTenantSeesThatOneAlone() {
    console.open("t/acme");
    console.await("Failed to pull image");
    console.find(".tenant-switch vaadin-select-value-button").sendKeys(Keys.ENTER);
    console.await("branch office");
    console.browser().switchTo().activeElement().sendKeys("Globex", Keys.ENTER);
    console.awaitGone("Failed to pull image");
    console.await("No warnings");
    assertThat(console.browser().getCurrentUrl()).endsWith("t/globex");
    assertThat(console.browser().findElements(By.cssSelector("vaadin-card"))).hasSize(3);
  }

  @Test
  void podsAppearAndGoWithoutReload() {
    console.open("t/acme/pods");
    console.await("shop-7d9f8-abcde");
    delete("shop-7d9f8-abcde");
    console.awaitGone("shop-7d9f8-abcde");
    assertThat(console.text()).contains("shop-7d9f8-bcdef");
  }

  /** A pod has no address at first; the column was measured then. */
  @Test
  void columnsGrowWithWhatTheyShow() {
    console.open("t/acme/pods");
    console.await("10.244.0.7");
    String longer = "192.168.100.200";
    ObjectNode status = Json.object();
    status.putObject("status").put("podIP", longer);
    ObjectKey pod = new ObjectKey(Resources.PODS, DemoData.ACME, "default", "shop-7d9f8-abcde");
    console.api().patch(pod, "status", Patch.merge(status)).orThrow();
    console.until(() -> whole(longer));
  }

  private boolean whole(String text) {
    return Boolean.TRUE.equals(
        console
            .browser()
            .executeScript(
                "const cells = [...document.querySelectorAll('vaadin-grid-cell-content')];"
                    + "const cell = cells.find(c => c.textContent.trim() === arguments[0]);"
                    + "return cell !== undefined && cell.scrollWidth <= cell.clientWidth",
                text));
  }

  @Test
  void aPodShowsContainersEventsAndLog() {
    console.open("t/acme/pods/default/shop-7d9f8-abcde");
    console.await("argosy/demo:1");
    console.await("listening on :8080");
    console.await("No events in the last hour.");
  }

  @Test
  void aWorkloadIsScaledFromItsRow() {
    console.open("t/acme/workloads");
    console.click("[aria-label='Scale store']");
    WebElement field = console.find("vaadin-integer-field input");
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), "4", Keys.ENTER);
    console.await("store is being scaled to 4");
    ObjectKey store = new ObjectKey(Resources.DEPLOYMENTS, DemoData.ACME, "default", "store");
    assertThat(console.api().get(store).orThrow().tree().path("spec").path("replicas").asInt())
        .isEqualTo(4);
  }

  @Test
  void theButtonsOfARowStayWhileItChanges() {
    console.open("t/acme/workloads");
    WebElement scale = console.find("[aria-label='Scale store']");
    ObjectKey store = new ObjectKey(Resources.DEPLOYMENTS, DemoData.ACME, "default", "store");
    ObjectNode change = Json.object();
    change.putObject("spec").put("replicas", 7);
    console.api().patch(store, "", Patch.merge(change)).orThrow();
    console.await("/ 7");
    scale.click();
    assertThat(console.find("vaadin-integer-field input").getDomProperty("value")).isEqualTo("7");
  }

  @Test
  void pastedYamlIsDeployedDocumentByDocument() {
    console.open("t/acme/deploy");
    console
        .find("vaadin-text-area textarea")
        .sendKeys(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: greeting}
            data: {text: hello}
            ---
            apiVersion: v1
            kind: Nonsense
            metadata: {name: x}
            """);
    console.click(".actions vaadin-button[theme~='primary']");
    console.await("ConfigMap greeting");
    console.await("There is no kind \"Nonsense\" in version \"v1\".");
  }

  @Test
  void anAdministratorMakesATenant() {
    console.open("platform/tenants");
    console.click(".actions vaadin-button[theme~='primary']");
    console.find("vaadin-dialog input").sendKeys("Not A Name", Keys.ENTER);
    console.await("Lower case letters, digits");
    console
        .find("vaadin-dialog input")
        .sendKeys(Keys.chord(Keys.CONTROL, "a"), "initech", Keys.ENTER);
    console.await("Tenant initech is being made");
    console.await("initech");
  }

  @Test
  void anAdministratorSuspendsATenantAndResumesIt() {
    console.open("platform/tenants");
    console.click("[aria-label='Suspend globex']");
    console.click("vaadin-confirm-dialog vaadin-button[slot='confirm-button']");
    console.await("globex is being suspended");
    ObjectKey globex = new ObjectKey(Resources.TENANTS, Resources.ROOT, "", "globex");
    assertThat(console.api().get(globex).orThrow().tree().at("/spec/suspended").asBoolean(false))
        .isTrue();
    console.click("[aria-label='Resume globex']");
    console.await("globex is being resumed");
    assertThat(console.api().get(globex).orThrow().tree().at("/spec/suspended").asBoolean(true))
        .isFalse();
  }

  @Test
  void kubectlIsConnectedWithTwoFiles() {
    console.open("t/acme/connect");
    console.await("server: https://api.argosy.test:6443/clusters/acme");
    console.await("certificate-authority-data: ");
    assertThat(fetch(console.find(".steps li:nth-child(2) a")))
        .startsWith("apiVersion: v1\nkind: Config");
    assertThat(fetch(console.find("a[href$='downloads/kubectl-login']")))
        .startsWith("#!/usr/bin/env bash");
  }

  /** As it does when the machine changes its network meanwhile. */
  @Test
  void aPageWhoseBeginningBreaksOffGoesOnByItself() {
    network("Network.enable", Map.of());
    network("Network.setBlockedURLs", Map.of("urls", List.of("*v-r=init*")));
    console.open("t/acme");
    new WebDriverWait(console.browser(), ConsoleInBrowser.PATIENCE)
        .until(ExpectedConditions.frameToBeAvailableAndSwitchToIt(By.tagName("iframe")));
    console.await("The console cannot be reached.");
    console.browser().switchTo().defaultContent();
    network("Network.setBlockedURLs", Map.of("urls", List.of()));
    console.await("Acme Trading");
  }

  private void network(String command, Map<String, Object> parameters) {
    console.browser().executeCdpCommand(command, parameters);
  }

  @Test
  void aRefusalIsToldInThePage() {
    console
        .fake()
        .setFault((verb, resource, name) ->
            resource.equals(Resources.PODS)
                ? Optional.of(Status.of(Reason.FORBIDDEN, "pods is forbidden: no role"))
                : Optional.empty());
    console.open("t/acme/pods");
    console.await("pods is forbidden: no role");
  }

  private String fetch(WebElement link) {
    return String.valueOf(
        console
            .browser()
            .executeAsyncScript(
                "const done = arguments[1];"
                    + "fetch(arguments[0].href).then(r => r.ok ? r.text() : 'status ' + r.status).then(done)",
                link));
  }

  private void delete(String pod) {
    ObjectKey key = new ObjectKey(Resources.PODS, DemoData.ACME, "default", pod);
    console.api().delete(key, new DeleteOptions(0L, null, null, null)).orThrow();
  }
}
