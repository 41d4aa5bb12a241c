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
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The console in a real browser, with the identity provider's own log-in page. */
class ConsoleTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Browser browser = new Browser();

  @AfterEach
  void close(TestInfo test) {
    browser.shoot(test.getTestMethod().orElseThrow().getName());
    browser.close();
  }

  @Test
  void aTeamMemberSeesTheirWorkloadsChangeWithoutReload() {
    try (Space space = Space.create(Kubectl.newest("acme"))) {
      browser.logIn("acme-dev");
      browser.waitForText("Acme Inc.");
      browser.go("/t/acme/pods");
      browser.waitForText("Pods");
      space.run("run", "live", "--image=argosy/demo:1");
      browser.waitForText("live");
      space.waitRunning("live");
      browser.waitForText("Running");
      assertThat(browser.source()).doesNotContain("Globex");
    }
  }

  @Test
  void aTeamMemberDeploysTheExampleScalesItAndDeletesIt() {
    try (Space space = Space.create(Kubectl.newest("acme"))) {
      browser.logIn("acme-dev");
      browser.waitForText("Acme Inc.");
      deploy(space.name(), example());
      browser.waitForText("Deployment web");
      assertThat(browser.find(".outcomes").getText()).doesNotContain("refused");
      space.run("rollout", "status", "deployment/web", "--timeout=90s");
      browser.go("/t/acme/workloads");
      browser.click("[aria-label='Scale web']");
      browser
          .find("vaadin-integer-field input")
          .sendKeys(Keys.chord(Keys.CONTROL, "a"), "3", Keys.ENTER);
      Eventually.until(PATIENCE, () -> replicas(space), wanted -> wanted.equals("3"));
      browser.click("[aria-label='Delete web']");
      browser.click("vaadin-confirm-dialog vaadin-button[slot='confirm-button']");
      Eventually.until(PATIENCE, () -> replicas(space), String::isEmpty);
    }
  }

  @Test
  void aTenantThatAnAdministratorMakesIsUsableAtOnce() {
    String tenant = "made-" + UUID.randomUUID().toString().substring(0, 8);
    Kubectl platform = Kubectl.newest("admin");
    browser.logIn("platform-admin");
    browser.go("/platform/tenants");
    browser.find(".actions vaadin-button[theme~='primary']").click();
    browser.find("vaadin-dialog input").sendKeys(tenant, Keys.ENTER);
    browser.waitForText("Tenant " + tenant + " is being made");
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
    browser.logIn("platform-admin");
    browser.go("/platform/tenants");
    browser.waitForText("acme");
    browser.waitForText("globex");
  }

  private void deploy(String namespace, String yaml) {
    browser.go("/t/acme/deploy");
    WebElement field =
        browser.find(
            "[aria-label='Namespace for documents that name none'] input, "
                + "input[aria-label='Namespace for documents that name none']");
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"), namespace, Keys.ENTER);
    browser.find("vaadin-text-area textarea").sendKeys(yaml);
    browser.find(".actions vaadin-button[theme~='primary']").click();
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
}
