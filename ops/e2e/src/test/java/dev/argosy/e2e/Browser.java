package dev.argosy.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Somebody at the console: a headless Chromium with a profile of its own. */
final class Browser implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What Chromium shows when interfaces of pods come or go while it loads a page. */
  private static final String NETWORK_CHANGED = "ERR_NETWORK_CHANGED";

  /** How long a page that has come may take to draw something. */
  private static final Duration DRAWING = Duration.ofSeconds(15);

  private final ChromeDriver driver = driver();

  private static ChromeDriver driver() {
    ChromeOptions options = new ChromeOptions();
    options.addArguments(
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1400,900");
    options.setAcceptInsecureCerts(true); // the certificate's CA is the platform's own
    System.setProperty("webdriver.chrome.driver", "/usr/bin/chromedriver");
    return new ChromeDriver(options);
  }

  /** Logs in on the provider's own page and waits for the console's first. */
  void logIn(String user) {
    go("/");
    visible("username").sendKeys(user);
    if (driver.findElements(By.id("password")).isEmpty()) { // first the name, with organizations
      driver.findElement(By.id("kc-login")).click();
    }
    visible("password").sendKeys(Target.password(user));
    driver.findElement(By.id("kc-login")).click();
    Eventually.until( // going elsewhere before that would begin another log-in
        PATIENCE,
        () -> {
          if (!drawn()) {
            driver.navigate().refresh();
          }
          return driver.findElements(with(user));
        },
        found -> !found.isEmpty());
  }

  /**
   * Whether there is something to read on the page. Chromium drops what it loads when the network
   * changes: the page itself, which it says, or one of its scripts, which leaves an empty page.
   */
  private boolean drawn() {
    try {
      new WebDriverWait(driver, DRAWING)
          .ignoring(StaleElementReferenceException.class)
          .until(b -> !b.findElement(By.tagName("body")).getText().isBlank());
    } catch (TimeoutException e) {
      return false;
    }
    return !source().contains(NETWORK_CHANGED);
  }

  private WebElement visible(String id) {
    return new WebDriverWait(driver, PATIENCE)
        .until(ExpectedConditions.visibilityOfElementLocated(By.id(id)));
  }

  /** A page of the console. */
  void go(String path) {
    open(Target.setting("argosy.console.url") + path);
  }

  /** A page that was dropped because interfaces of pods come and go is asked again. */
  void open(String url) {
    Eventually.until(
        PATIENCE,
        () -> {
          driver.get(url);
          return drawn();
        },
        whole -> whole);
  }

  String source() {
    return String.valueOf(driver.getPageSource());
  }

  /** Rows are drawn again while they change, so a button may be gone between look and click. */
  void click(String selector) {
    new WebDriverWait(driver, PATIENCE)
        .ignoring(StaleElementReferenceException.class)
        .until(b -> {
          find(selector).click();
          return true;
        });
  }

  WebElement find(String selector) {
    return new WebDriverWait(driver, PATIENCE)
        .until(ExpectedConditions.elementToBeClickable(By.cssSelector(selector)));
  }

  void waitForText(String text) {
    new WebDriverWait(driver, PATIENCE)
        .until(ExpectedConditions.presenceOfElementLocated(with(text)));
  }

  private static By with(String text) {
    return By.xpath("//*[contains(text(), '" + text + "')]");
  }

  /** What lies behind a link, as the browser gets it. */
  String fetch(WebElement link) {
    return String.valueOf(
        driver.executeAsyncScript(
            "const done = arguments[1];"
                + "fetch(arguments[0].href).then(r => r.ok ? r.text() : 'status ' + r.status).then(done)",
            link));
  }

  /** Keeps what is on the screen, for whoever looks for the reason of a failure. */
  void shoot(String name) {
    try {
      Files.write(Path.of("target", name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
