package dev.argosy.server.authn;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Fetches an identity provider's documents. */
final class IssuerClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_BYTES = 1024 * 1024;

  private final HttpClient http;

  /**
   * @param authority PEM certificates to verify https addresses with; empty: those of the platform
   */
  IssuerClient(String authority) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(TIMEOUT).followRedirects(HttpClient.Redirect.NORMAL);
    if (!authority.isEmpty()) {
      builder.sslContext(ClientTls.trusting(authority));
    }
    http = builder.build();
  }

  /** The document at an address. */
  String fetch(String address) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(TIMEOUT)
            .header("Accept", "application/json")
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200 || response.body().length() > MAX_BYTES) {
        throw new IOException(address + " answered " + response.statusCode());
      }
      return response.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
