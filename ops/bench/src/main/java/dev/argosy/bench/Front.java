package dev.argosy.bench;

import dev.argosy.server.ApiServerParts;
import dev.argosy.server.testing.FakeAccess;
import dev.argosy.server.testing.TestCertificates;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.spi.ResourceStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * A whole API server in this process, listening on loopback as a real one does, and clients for it.
 * Everybody with the one token may do everything, so that no rules are measured.
 */
final class Front implements AutoCloseable {

  /** Where the namespaced objects of the benchmarks live. */
  static final String NAMESPACE = "/clusters/acme/api/v1/namespaces/default/";

  final TestServer server;
  private final Path folder;
  private final SSLContext tls;
  private final boolean encrypted;
  private final ExecutorService clientThreads = Executors.newFixedThreadPool(4);

  private Front(TestServer server, Path folder, SSLContext tls, boolean encrypted) {
    this.server = server;
    this.folder = folder;
    this.tls = tls;
    this.encrypted = encrypted;
  }

  /** TLS, and HTTP/2 for those who want it. */
  static Front encrypted(ResourceStore store, Consumer<ApiServerParts> more) throws Exception {
    return start(store, more, true);
  }

  /** Plain text. */
  static Front plain(ResourceStore store, Consumer<ApiServerParts> more) throws Exception {
    return start(store, more, false);
  }

  private static Front start(ResourceStore store, Consumer<ApiServerParts> more, boolean encrypted)
      throws Exception {
    Path folder = Files.createTempDirectory("bench");
    TestCertificates certificates = TestCertificates.in(folder);
    Map<String, String> settings =
        encrypted
            ? Map.of(
                "argosy.api.tls.certificate", certificates.serverCertificate().toString(),
                "argosy.api.tls.key", certificates.serverKey().toString(),
                "argosy.api.tls.client-ca", certificates.ca().toString())
            : Map.of();
    TestServer server = TestServer.on(store, settings, more);
    return new Front(server, folder, certificates.client(""), encrypted);
  }

  /** A client with connections of its own: HTTP/2 gives it one, however much it asks at once. */
  HttpClient client() {
    return client(clientThreads);
  }

  /** A client that shares no threads with the others. */
  HttpClient client(Executor threads) {
    return HttpClient.newBuilder()
        .version(encrypted ? Version.HTTP_2 : Version.HTTP_1_1)
        .sslContext(tls)
        .executor(threads)
        .build();
  }

  List<HttpClient> clients(int count) {
    return Stream.generate(this::client).limit(count).toList();
  }

  /** A request that is allowed. */
  HttpRequest.Builder request(String path) {
    URI uri = server.server.localUri().resolve(path);
    return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + FakeAccess.ADMIN_TOKEN);
  }

  /** Sends a body, which must be answered with that code. */
  byte[] send(HttpClient client, String method, String path, Body body, int code) {
    HttpRequest request =
        request(path)
            .header("Content-Type", body.type)
            .method(method, BodyPublishers.ofString(body.text))
            .build();
    return exchange(client, request, code);
  }

  /** What is sent, and in which form. */
  record Body(String type, String text) {

    static Body json(String text) {
      return new Body("application/json", text);
    }
  }

  /**
   * The body of an answer.
   *
   * @throws IllegalStateException if it has another code than expected; its message is the answer
   */
  static byte[] exchange(HttpClient client, HttpRequest request, int code) {
    return answer(client, request, code).body();
  }

  /** The same with its headers. */
  static HttpResponse<byte[]> answer(HttpClient client, HttpRequest request, int code) {
    try {
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() != code) {
        throw new IllegalStateException(
            answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    clientThreads.shutdownNow();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
