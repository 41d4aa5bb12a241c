package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The console in a real browser, with the identity provider's own log-in page. */
class ConsoleTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ChromeDriver browser = browser();

  @AfterEach
  void close(TestInfo test) throws IOException {
    String name = test.getTestMethod().orElseThrow().getName() + ".png";
    Files.write(Path.of("target", name), browser.getScreenshotAs(OutputType.BYTES));
    browser.quit();
  }

  @Test
  void aTeamMemberSeesTheirWorkloadsChangeWithoutReload() {
    try (Space space = Space.create(Kubectl.newest("acme"))) {
      logIn("acme-dev");
      waitForText("Acme Inc.");
      open(console() + "/t/acme/pods");
      waitForText("Pods");
      space.run("run", "live", "--image=argosy/demo:1");
      waitForText("live");
      space.waitRunning("live");
      waitForText("Running");
      assertThat(browser.getPageSource()).doesNotContain("Globex");
    }
  }

  @Test
  void aTeamMemberDeploysTheExampleScalesItAndDeletesIt() {
    try (Space space = Space.create(Kubectl.newest("acme"))) {
      logIn("acme-dev");
      waitForText("Acme Inc.");
      deploy(space.name(), example());
      waitForText("Deployment web");
      assertThat(find(".outcomes").getText()).doesNotContain("refused");
      space.run("rollout", "status", "deployment/web", "--timeout=90s");
      open(console() + "/t/acme/workloads");
      click("[aria-label='Scale web']");
      find("vaadin-integer-field input").sendKeys(Keys.chord(Keys.CONTROL, "a"), "3", Keys.ENTER);
      Eventually.until(PATIENCE, () -> replicas(space), wanted -> wanted.equals("3"));
      click("[aria-label='Delete web']");
      click("vaadin-confirm-dialog vaadin-button[slot='confirm-button']");
      Eventually.until(PATIENCE, () -> replicas(space), String::isEmpty);
    }
  }

  @Test
  void aTenantThatAnAdministratorMakesIsUsableAtOnce() {
    String tenant = "made-" + UUID.randomUUID().toString().substring(0, 8);
    Kubectl platform = Kubectl.newest("admin");
    logIn("platform-admin");
    open(console() + "/platform/tenants");
    find(".actions vaadin-button[theme~='primary']").click();
    find("vaadin-dialog input").sendKeys(tenant, Keys.ENTER);
    waitForText("Tenant " + tenant + " is being made");
    try {
      Eventually.until(
          PATIENCE,
          () -> platform.tryRun("get", "--raw", "/clusters/" + tenant + "/api/v1/namespaces").all(),
          answer -> answer.contains("kube-system"));
    } finally {
      platform.run("delete", "tenant", tenant, "--wait=false");
    }
  }

  @Test
  void anAdministratorSeesTheTenants() {
    logIn("platform-admin");
    open(console() + "/platform/tenants");
    waitForText("acme");
    waitForText("globex");
  }

  /**
   * Chromium drops a page while interfaces of pods come and go on its machine; it is asked again.
   */
  private void open(String url) {
    Eventually.until(
        PATIENCE,
        () -> {
          browser.get(url);
          return browser.getPageSource();
        },
        page -> page != null && !page.contains("ERR_NETWORK_CHANGED"));
  }

  private void logIn(String user) {
    open(console() + "/");
    WebElement name =
        new WebDriverWait(browser, PATIENCE)
            .until(ExpectedConditions.visibilityOfElementLocated(By.id("username")));
    name.sendKeys(user);
    browser.findElement(By.id("password")).sendKeys(Target.password(user));
    browser.findElement(By.id("kc-login")).click();
    waitForText(user); // going elsewhere before that would begin another log-in
  }

  private void deploy(String namespace, String yaml) {
    open(console() + "/t/acme/deploy");
    WebElement field =
        find(
            "[aria-label='Namespace for documents that name none'] input, "
                + "input[aria-label='Namespace for documents that name none']");
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), namespace, Keys.ENTER);
    find("vaadin-text-area textarea").sendKeys(yaml);
    find(".actions vaadin-button[theme~='primary']").click();
  }

  /** What {@code kubectl apply -f examples/} takes, as one text to paste. */
  private static String example() {
    try (Stream<Path> files = Files.list(Target.ROOT.resolve("examples"))) {
      return files.sorted().map(ConsoleTest::text).collect(Collectors.joining("\n---\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String replicas(Space space) {
    String path = "-o=jsonpath={.spec.replicas}";
    return space.run("get", "deployment", "web", path, "--ignore-not-found");
  }

  /** Rows are drawn again while they change, so a button may be gone between look and click. */
  private void click(String selector) {
    new WebDriverWait(browser, PATIENCE)
        .ignoring(StaleElementReferenceException.class)
        .until(b -> {
          find(selector).click();
          return true;
        });
  }

  private WebElement find(String selector) {
    return new WebDriverWait(browser, PATIENCE)
        .until(ExpectedConditions.elementToBeClickable(By.cssSelector(selector)));
  }

  private void waitForText(String text) {
    new WebDriverWait(browser, PATIENCE)
        .until(
            ExpectedConditions.presenceOfElementLocated(
                By.xpath("//*[contains(text(), '" + text + "')]")));
  }

  private static String console() {
    return Target.setting("argosy.console.url");
  }

  private static ChromeDriver browser() {
    ChromeOptions options = new ChromeOptions();
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1400,900");
    options.setAcceptInsecureCerts(true); // the certificate's CA is the platform's own
    System.setProperty("webdriver.chrome.driver", "/usr/bin/chromedriver");
    return new ChromeDriver(options);
  }
}
