package dev.argosy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Clients that together always want so many answers at once. One that is refused waits as long as
 * it is told to, as the clients of Kubernetes do.
 */
final class Flood implements AutoCloseable {

  private static final int TOO_MANY = 429;
  private static final int ASKED_AT_ONCE = 10_000;
  private static final int CONNECTIONS = 10;
  static final int USERS = 40;

  private final List<HttpClient> clients;
  private final List<HttpRequest> requests;
  private final int inFlight;
  private final LongAdder lists = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private volatile boolean over;

  Flood(List<HttpClient> clients, List<HttpRequest> requests, int inFlight) {
    this.clients = clients;
    this.requests = requests;
    this.inFlight = inFlight;
  }

  /**
   * Floods from a process of its own until its input ends; prints how many lists were answered and
   * how many refused, once when it has begun and again for every line of input.
   *
   * @param arguments the address of the list; the prefix of the users' tokens
   */
  public static void main(String[] arguments) throws Exception {
    List<HttpRequest> requests =
        IntStream.range(0, USERS)
            .mapToObj(i ->
                HttpRequest.newBuilder(URI.create(arguments[0]))
                    .header("Authorization", "Bearer " + arguments[1] + i)
                    .build())
            .toList();
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new Anyone()}, null);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<HttpClient> clients =
        Stream.generate(() -> HttpClient.newBuilder().sslContext(tls).executor(threads).build())
            .limit(CONNECTIONS)
            .toList();
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
      failure.printStackTrace();
      System.exit(1); // the clients' threads would go on
    });
    try (Flood flood = new Flood(clients, requests, ASKED_AT_ONCE);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      flood.begin();
      do {
        System.out.println(flood.lists.sum() + " " + flood.refusals.sum());
      } while (in.readLine() != null);
    }
    System.exit(0);
  }

  /** Opens one connection for each client, then begins; without one it would open thousands. */
  void begin() throws Exception {
    for (HttpClient client : clients) {
      client.send(requests.getFirst(), BodyHandlers.discarding());
    }
    for (int i = 0; i < inFlight; i++) {
      ask(i);
    }
  }

  private void ask(int number) {
    if (over) {
      return;
    }
    HttpClient client = clients.get(number % clients.size());
    HttpRequest request = requests.get(number % requests.size());
    client
        .sendAsync(request, BodyHandlers.discarding())
        .whenComplete((answer, failure) -> again(number, answer));
  }

  private void again(int number, HttpResponse<Void> answer) {
    if (answer != null && answer.statusCode() == 200) {
      lists.increment();
      ask(number);
      return;
    }
    if (answer != null && answer.statusCode() == TOO_MANY) {
      refusals.increment();
    }
    long wait = answer == null ? 1 : answer.headers().firstValueAsLong("Retry-After").orElse(1);
    Executor later = CompletableFuture.delayedExecutor(wait, TimeUnit.SECONDS);
    later.execute(() -> ask(number));
  }

  @Override
  public void close() {
    over = true;
    clients.forEach(HttpClient::shutdownNow);
  }

  /** The server is the one that started this process. */
  private static final class Anyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
