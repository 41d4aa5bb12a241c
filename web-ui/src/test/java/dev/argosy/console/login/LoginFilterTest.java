package dev.argosy.console.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Log-ins of one browser, several at once. */
class LoginFilterTest {

  private final Server server = new Server();
  private FakeProvider provider;
  private URI console;
  private final HttpClient browser =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  @BeforeEach
  void start() throws Exception {
    provider = new FakeProvider();
    OidcSettings settings =
        new OidcSettings(
            provider.url(),
            "console",
            "",
            URI.create("http://127.0.0.1"),
            new OidcSettings.Claims("preferred_username", "groups", "organization", true),
            List.of("openid"));
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    LoginFilter filter =
        new LoginFilter(new OidcProvider(settings, Clock.systemUTC()), Clock.systemUTC());
    context.addFilter(new FilterHolder(filter), "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(new ServletHolder(new Page()), "/*");
    server.setHandler(context);
    server.start();
    console = URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
    provider.close();
  }

  /** Says who is logged in. */
  private static final class Page extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Login login = (Login) request.getSession().getAttribute(Login.ATTRIBUTE);
      UserInfo user = login.user();
      String groups = String.join(",", user.groups());
      response
          .getWriter()
          .print("for %s %s %s".formatted(user.name(), user.verifiedEmail(), groups));
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(console.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Accept", "text/html")
            .build();
    return browser.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String location(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
    return answer.headers().firstValue("Location").orElse("");
  }

  /** Where the provider would send the browser back to. */
  private String callback(String providerUrl) {
    return "/login/callback?code="
        + parameter(providerUrl, "nonce")
        + "&state="
        + parameter(providerUrl, "state");
  }

  private static String parameter(String url, String name) {
    String value = url.replaceAll(".*[?&]" + name + "=([^&]*).*", "$1");
    return URLDecoder.decode(value, StandardCharsets.UTF_8);
  }

  @Test
  void twoPagesOpenedAtOnceBothArrive() throws Exception {
    String one = location(get("/pods?namespace=a"));
    String two = location(get("/nodes"));
    assertThat(location(get(callback(two)))).endsWith("/nodes");
    assertThat(location(get(callback(one)))).endsWith("/pods?namespace=a");
    assertThat(get("/nodes").body())
        .isEqualTo("for kim kim@example.com staff,organization:acme,system:authenticated");
    assertThat(location(get(callback(one)))).as("an answer counts once").endsWith("/");
  }

  @Test
  void anAnswerThatNobodyAskedForLogsNobodyIn() throws Exception {
    location(get("/pods"));
    assertThat(location(get("/login/callback?code=x&state=forged"))).endsWith("/");
    assertThat(location(get("/pods"))).startsWith(provider.url() + "/auth");
  }
}
