package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
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
      browser.get(console() + "/t/acme/pods");
      waitForText("Pods");
      space.run("run", "live", "--image=argosy/demo:1");
      waitForText("live");
      space.waitRunning("live");
      waitForText("Running");
      assertThat(browser.getPageSource()).doesNotContain("Globex");
    }
  }

  @Test
  void anAdministratorSeesTheTenants() {
    logIn("platform-admin");
    browser.get(console() + "/platform/tenants");
    waitForText("acme");
    waitForText("globex");
  }

  private void logIn(String user) {
    browser.get(console() + "/");
    WebElement name =
        new WebDriverWait(browser, PATIENCE)
            .until(ExpectedConditions.visibilityOfElementLocated(By.id("username")));
    name.sendKeys(user);
    browser.findElement(By.id("password")).sendKeys(Target.password(user));
    browser.findElement(By.id("kc-login")).click();
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
