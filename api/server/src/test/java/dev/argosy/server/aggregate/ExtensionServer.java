package dev.argosy.server.aggregate;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.argosy.server.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A small API server of a tenant, which believes only the front proxy of its own cluster. */
public final class ExtensionServer implements AutoCloseable {

  /** One request as it came. */
  public record Got(String method, String target, Headers headers, String body) {
    public String header(String name) {
      return String.valueOf(headers.getFirst(name));
    }
  }

  public final List<Got> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Answering> handlers = new ConcurrentHashMap<>();
  private final TestCertificates certificates;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public ExtensionServer(Path folder, X509Certificate proxyAuthority, String host)
      throws Exception {
    Files.createDirectories(folder);
    certificates = TestCertificates.in(folder);
    SSLContext tls = certificates.serverOf(proxyAuthority, host);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters all = tls.getDefaultSSLParameters();
            all.setNeedClientAuth(true);
            parameters.setSSLParameters(all);
          }
        });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String caBundle() throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(certificates.ca()));
  }

  /** Answers JSON at a path. */
  public ExtensionServer json(String path, Function<Got, String> answer) {
    handlers.put(
        path, (exchange, got) -> send(exchange, 200, "application/json", answer.apply(got)));
    return this;
  }

  private interface Answering {
    void answer(HttpExchange exchange, Got got) throws IOException;
  }

  /** Answers at a path in any way; the request's body was read already. */
  public ExtensionServer raw(String path, HttpHandler handler) {
    handlers.put(path, (exchange, got) -> handler.handle(exchange));
    return this;
  }

  public static void send(HttpExchange exchange, int code, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String target = exchange.getRequestURI().toString();
    Got got = new Got(exchange.getRequestMethod(), target, exchange.getRequestHeaders(), body);
    requests.add(got);
    Answering handler = handlers.get(target.replaceFirst("\\?.*", ""));
    if (handler == null) {
      send(exchange, 404, "text/plain", "404 page not found");
    } else {
      handler.answer(exchange, got);
    }
  }

  /** The requests to a path. */
  public List<Got> at(String path) {
    return requests.stream()
        .filter(r -> r.target().replaceFirst("\\?.*", "").equals(path))
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
