package dev.argosy.console.preview;

import dev.argosy.console.session.ApiTenantDirectory;
import dev.argosy.console.session.TenantDirectory;
import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiClients;
import dev.argosy.model.client.Fence;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.schema.BuiltinKinds;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.FluentWait;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * The console in a real browser. Server and browser are started once for all tests; each test has
 * demo data and a session of its own.
 */
final class ConsoleInBrowser implements BeforeEachCallback {

  static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration PACE = Duration.ofMillis(50);

  private @Nullable Shared shared;
  private FakeApi fake = new FakeApi(Clock.systemUTC());

  /** What a test stands on: objects, and who may enter which tenant. */
  private record Stage(FakeApi fake, TenantDirectory tenants, UserInfo user) {}

  /** What all tests of a run share. */
  private static final class Shared implements AutoCloseable {

    private final ChromeDriver browser;
    private final ConsolePreview console;
    private volatile @Nullable Stage stage;

    Shared() {
      try {
        console =
            new ConsolePreview(
                Path.of("target/console"),
                new OfStage(),
                tenants(),
                BuiltinKinds.load().tenant(),
                () -> stage().user,
                0);
      } catch (Exception e) {
        throw new IllegalStateException("the console does not start", e);
      }
      browser = chrome();
    }

    /** Clients of what the test that runs stands on. */
    private final class OfStage implements ApiClients {
      @Override
      public ApiClient as(UserInfo user) {
        return stage().fake.as(user);
      }

      @Override
      public ApiClients behind(Fence fence) {
        return stage().fake.behind(fence);
      }
    }

    private Stage stage() {
      Stage now = stage;
      if (now == null) {
        throw new IllegalStateException("no test has begun");
      }
      return now;
    }

    private TenantDirectory tenants() {
      return new TenantDirectory() {
        @Override
        public List<TenantChoice> tenantsOf(UserInfo user) {
          return stage().tenants.tenantsOf(user);
        }

        @Override
        public boolean administers(UserInfo user) {
          return stage().tenants.administers(user);
        }
      };
    }

    private static ChromeDriver chrome() {
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
      return new ChromeDriver(options);
    }

    @Override
    public void close() throws Exception {
      browser.quit();
      console.close();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    shared =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(ConsoleInBrowser.class))
            .getOrComputeIfAbsent(Shared.class, key -> new Shared(), Shared.class);
    fake = new FakeApi(Clock.systemUTC(), "root", DemoData.ACME);
    DemoData.fill(fake, Clock.systemUTC().instant());
    enter(new ApiTenantDirectory(fake));
  }

  /** A new session for a user who may enter these tenants. */
  void enter(TenantDirectory tenants) {
    UserInfo ada =
        new UserInfo("ada", "", List.of(UserInfo.AUTHENTICATED), Map.of(), "ada@example.com");
    shared().stage = new Stage(fake, tenants, ada);
    browser().manage().deleteAllCookies();
  }

  private Shared shared() {
    if (shared == null) {
      throw new IllegalStateException("no test has begun");
    }
    return shared;
  }

  ChromeDriver browser() {
    return shared().browser;
  }

  FakeApi fake() {
    return fake;
  }

  ApiClient api() {
    return fake.as(UserInfo.system("test"));
  }

  void open(String path) {
    browser().get(shared().console.url().resolve("/" + path).toString());
  }

  String text() {
    return browser().findElement(By.tagName("body")).getText();
  }

  void await(String words) {
    until(() -> text().contains(words));
  }

  void awaitGone(String words) {
    until(() -> !text().contains(words));
  }

  /** Looks again, too, when the page was replaced while it was being looked at. */
  private FluentWait<WebDriver> patiently() {
    return new WebDriverWait(browser(), PATIENCE, PACE).ignoring(WebDriverException.class);
  }

  void until(BooleanSupplier condition) {
    patiently().until(b -> condition.getAsBoolean());
  }

  WebElement find(String selector) {
    return patiently().until(b -> b.findElement(By.cssSelector(selector)));
  }

  /** Waits until it can be clicked: it may be on its way into the page. */
  void click(String selector) {
    patiently()
        .until(b -> {
          b.findElement(By.cssSelector(selector)).click();
          return true;
        });
  }

  /** The button with these words, wherever it is. */
  void press(String words) {
    press(words, "body");
  }

  /** The button with these words in an element of this name. */
  void press(String words, String where) {
    patiently()
        .until(b -> {
          b.findElement(
                  By.xpath("//" + where + "//vaadin-button[normalize-space()='" + words + "']"))
              .click();
          return true;
        });
  }

  /** Replaces what is in a field. */
  void type(String selector, CharSequence... text) {
    WebElement field = find(selector);
    field.sendKeys(Keys.chord(Keys.CONTROL, "a"));
    field.sendKeys(text);
  }
}
