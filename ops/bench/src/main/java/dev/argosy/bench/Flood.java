package dev.argosy.bench;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Clients that together always want so many answers at once. One that is refused waits as long as
 * it is told to, as the clients of Kubernetes do.
 */
final class Flood implements AutoCloseable {

  private static final int TOO_MANY = 429;

  private final List<HttpClient> clients;
  private final List<HttpRequest> requests;
  private final int inFlight;
  private final Executor later = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
  private final LongAdder lists = new LongAdder();
  private final LongAdder refusals = new LongAdder();
  private volatile boolean over;

  Flood(List<HttpClient> clients, List<HttpRequest> requests, int inFlight) {
    this.clients = clients;
    this.requests = requests;
    this.inFlight = inFlight;
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
    later.execute(() -> ask(number));
  }

  /** How many were answered so far. */
  long lists() {
    return lists.sum();
  }

  long refusals() {
    return refusals.sum();
  }

  @Override
  public void close() {
    over = true;
    clients.forEach(HttpClient::shutdownNow);
  }
}
