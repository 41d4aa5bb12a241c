package dev.argosy.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API over plain HTTP, as a script would use it. */
public final class Api {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newBuilder().sslContext(trust()).build();
  private final HttpClient plain = HttpClient.newHttpClient();

  /** A token by client credentials. */
  public String automationToken() {
    return token(
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            "argosy-automation",
            "client_secret",
            Target.secret("automation-client")));
  }

  /** A token by a person's name and password. */
  public String userToken(String user) {
    return token(
        Map.of(
            "grant_type",
            "password",
            "client_id",
            "argosy-cli",
            "scope",
            "openid",
            "username",
            user,
            "password",
            Target.password(user)));
  }

  private String token(Map<String, String> form) {
    String token = asked(form).path("access_token").asString("");
    if (token.isEmpty()) {
      throw new AssertionError("no token for " + form.get("client_id"));
    }
    return token;
  }

  /** What the identity provider says to a program that logs in. */
  public JsonNode logIn(String clientId, String secret) {
    return asked(
        Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", secret));
  }

  private JsonNode asked(Map<String, String> form) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(Target.setting("argosy.oidc.issuer") + "/protocol/openid-connect/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encode(form)))
            .build();
    return json(send(plain, request));
  }

  public HttpResponse<String> get(String path, String token) {
    return send("GET", path, token, "application/json", "");
  }

  public HttpResponse<String> send(
      String method, String path, String token, String contentType, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(Target.apiUrl() + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return send(http, request.build());
  }

  public static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(request + " got no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static SSLContext trust() {
    try (var ca = Files.newInputStream(Target.ca())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(ca));
      TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
      managers.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
