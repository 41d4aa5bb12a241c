package dev.argosy.console.preview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.session.ApiTenantDirectory;
import dev.argosy.console.session.Resources;
import dev.argosy.console.session.TenantDirectory;
import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;
import tools.jackson.databind.node.ObjectNode;

/** The console in a real browser, on the fake API. */
class ConsoleBrowserIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static ChromeDriver browser;

  private final FakeApi fake = new FakeApi(Clock.systemUTC(), "root", DemoData.ACME);
  private ConsolePreview console;

  @BeforeAll
  static void openBrowser() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,900");
    System.setProperty("webdriver.chrome.driver", "/usr/bin/chromedriver");
    browser = new ChromeDriver(options);
  }

  @AfterAll
  static void closeBrowser() {
    browser.quit();
  }

  @BeforeEach
  void serve() throws Exception {
    DemoData.fill(fake, Clock.systemUTC().instant());
    serve(new ApiTenantDirectory(fake));
  }

  private void serve(TenantDirectory tenants) throws Exception {
    UserInfo ada = new UserInfo("ada", "", List.of(UserInfo.AUTHENTICATED), Map.of());
    console =
        new ConsolePreview(
            Path.of("target/console"), fake, tenants, BuiltinKinds.load().tenant(), ada, 0);
  }

  @AfterEach
  void stop() throws Exception {
    console.close();
  }

  @Test
  void aTeamMemberArrivesAtTheirTenant() {
    open("t/acme");
    await("Overview");
    await("Acme Trading");
    await("in trouble");
  }

  @Test
  void whoIsMemberOfOneTenantIsLedThere() throws Exception {
    console.close();
    serve(DemoData.memberOf(DemoData.ACME));
    open("");
    await("Overview");
    await("Acme Trading");
  }

  @Test
  void podsAppearAndGoWithoutReload() {
    open("t/acme/pods");
    await("shop-7d9f8-abcde");
    delete("shop-7d9f8-abcde");
    awaitGone("shop-7d9f8-abcde");
    assertThat(text()).contains("shop-7d9f8-bcdef");
  }

  @Test
  void aPodShowsContainersEventsAndLog() {
    open("t/acme/pods/default/shop-7d9f8-abcde");
    await("argosy/demo:1");
    await("listening on :8080");
    await("No events in the last hour.");
  }

  @Test
  void aWorkloadIsScaledFromItsRow() {
    open("t/acme/workloads");
    click("[aria-label='Scale store']");
    WebElement field = find("vaadin-integer-field input");
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), "4", Keys.ENTER);
    await("store is being scaled to 4");
    ObjectKey store = new ObjectKey(Resources.DEPLOYMENTS, DemoData.ACME, "default", "store");
    assertThat(api().get(store).orThrow().tree().path("spec").path("replicas").asInt())
        .isEqualTo(4);
  }

  @Test
  void theButtonsOfARowStayWhileItChanges() {
    open("t/acme/workloads");
    WebElement scale = find("[aria-label='Scale store']");
    ObjectKey store = new ObjectKey(Resources.DEPLOYMENTS, DemoData.ACME, "default", "store");
    ObjectNode change = Json.object();
    change.putObject("spec").put("replicas", 7);
    api().patch(store, "", Patch.merge(change)).orThrow();
    await("/ 7");
    scale.click();
    assertThat(find("vaadin-integer-field input").getDomProperty("value")).isEqualTo("7");
  }

  @Test
  void pastedYamlIsDeployedDocumentByDocument() {
    open("t/acme/deploy");
    find("vaadin-text-area textarea")
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
    click(".actions vaadin-button[theme~='primary']");
    await("ConfigMap greeting");
    await("There is no kind \"Nonsense\" in version \"v1\".");
  }

  @Test
  void anAdministratorMakesATenant() {
    open("platform/tenants");
    click(".actions vaadin-button[theme~='primary']");
    find("vaadin-dialog input").sendKeys("Not A Name", Keys.ENTER);
    await("Lower case letters, digits");
    find("vaadin-dialog input").sendKeys(Keys.chord(Keys.CONTROL, "a"), "initech", Keys.ENTER);
    await("Tenant initech is being made");
    await("initech");
  }

  @Test
  void anAdministratorSuspendsATenantAndResumesIt() {
    open("platform/tenants");
    click("[aria-label='Suspend globex']");
    click("vaadin-confirm-dialog vaadin-button[slot='confirm-button']");
    await("globex is being suspended");
    ObjectKey globex = new ObjectKey(Resources.TENANTS, Resources.ROOT, "", "globex");
    assertThat(api().get(globex).orThrow().tree().at("/spec/suspended").asBoolean(false)).isTrue();
    click("[aria-label='Resume globex']");
    await("globex is being resumed");
    assertThat(api().get(globex).orThrow().tree().at("/spec/suspended").asBoolean(true)).isFalse();
  }

  @Test
  void kubectlIsConnectedWithTwoFiles() throws Exception {
    open("t/acme/connect");
    await("server: https://api.argosy.test:6443/clusters/acme");
    await("certificate-authority-data: ");
    assertThat(fetch(find(".steps li:nth-child(2) a"))).startsWith("apiVersion: v1\nkind: Config");
    assertThat(fetch(find("a[href$='downloads/kubectl-login']"))).startsWith("#!/usr/bin/env bash");
  }

  /** As it does when the machine changes its network meanwhile. */
  @Test
  void aPageWhoseBeginningBreaksOffGoesOnByItself() {
    network("Network.enable", Map.of());
    network("Network.setBlockedURLs", Map.of("urls", List.of("*v-r=init*")));
    open("t/acme");
    new WebDriverWait(browser, PATIENCE)
        .until(ExpectedConditions.frameToBeAvailableAndSwitchToIt(By.tagName("iframe")));
    await("The console cannot be reached.");
    browser.switchTo().defaultContent();
    network("Network.setBlockedURLs", Map.of("urls", List.of()));
    await("Acme Trading");
  }

  private static void network(String command, Map<String, Object> parameters) {
    browser.executeCdpCommand(command, parameters);
  }

  @Test
  void aRefusalIsToldInThePage() {
    fake.setFault((verb, resource, name) ->
        resource.equals(Resources.PODS)
            ? Optional.of(Status.of(Reason.FORBIDDEN, "pods is forbidden: no role"))
            : Optional.empty());
    open("t/acme/pods");
    await("pods is forbidden: no role");
  }

  private static String fetch(WebElement link) {
    return String.valueOf(
        browser.executeAsyncScript(
            "const done = arguments[1];"
                + "fetch(arguments[0].href).then(r => r.ok ? r.text() : 'status ' + r.status).then(done)",
            link));
  }

  private ApiClient api() {
    return fake.as(UserInfo.system("test"));
  }

  private void delete(String pod) {
    ObjectKey key = new ObjectKey(Resources.PODS, DemoData.ACME, "default", pod);
    api().delete(key, new DeleteOptions(0L, null, null, null)).orThrow();
  }

  private void open(String path) {
    browser.get(console.url().resolve("/" + path).toString());
  }

  private static String text() {
    return browser.findElement(By.tagName("body")).getText();
  }

  private static void await(String words) {
    new WebDriverWait(browser, PATIENCE).until(b -> text().contains(words));
  }

  private static void awaitGone(String words) {
    new WebDriverWait(browser, PATIENCE).until(b -> !text().contains(words));
  }

  private static WebElement find(String selector) {
    return new WebDriverWait(browser, PATIENCE).until(b -> b.findElement(By.cssSelector(selector)));
  }

  private static void click(String selector) {
    find(selector).click();
  }
}
