package dev.argosy.agent.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The way to the API server, with credentials that may be replaced while it is in use. */
public final class HttpConnection implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI server;
  private final String bearerToken;
  private volatile HttpClient client;

  /**
   * A connection that is opened when it is used.
   *
   * @param server for example {@code https://10.0.0.1:6443}
   * @param bearerToken empty to be known by the certificate in the context
   */
  public HttpConnection(URI server, SSLContext tls, String bearerToken) {
    this.server = server;
    this.bearerToken = bearerToken;
    this.client = client(tls);
  }

  private static HttpClient client(SSLContext tls) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_2)
        .sslContext(tls)
        .connectTimeout(Duration.ofSeconds(10))
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .build();
  }

  /** Uses other credentials from now on; running requests and watches end and are tried again. */
  public synchronized void replaceCredentials(SSLContext tls) {
    HttpClient before = client;
    client = client(tls);
    before.shutdownNow();
  }

  /** Sends a request; the answer's body is read as it comes. No time limit on the body. */
  HttpResponse<InputStream> send(
      String method, String path, @Nullable String mediaType, byte @Nullable [] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .timeout(TIMEOUT)
            .header("Accept", "application/json")
            .header("User-Agent", "argosy-agent")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (mediaType != null) {
      request.header("Content-Type", mediaType);
    }
    if (!bearerToken.isEmpty()) {
      request.header("Authorization", "Bearer " + bearerToken);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
