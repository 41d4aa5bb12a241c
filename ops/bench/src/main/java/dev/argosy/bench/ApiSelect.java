package dev.argosy.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lists with a selector among 300,000 small objects of one namespace, one after the other: latency,
 * and processor time for each (the client's included). The setting of KEP-2340, whose numbers are
 * p50 499 ms and p99 648 ms.
 */
final class ApiSelect implements Benchmark {

  private static final int COUNT = 300_000;
  private static final int ROUNDS = 200;
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final GroupResource MAPS = new GroupResource("", "configmaps");
  private static final String FILLER = "x".repeat(800);
  private static final String PATH = "/clusters/acme/api/v1/namespaces/default/configmaps";

  @Override
  public void run(Consumer<Result> out) throws Exception {
    try (Front front = Front.encrypted(filled(), parts -> {})) {
      front.server.caches.of(MAPS).currentSnapshot(LIMIT);
      measure("one label's value, 300 found", "labelSelector=app%3Dapp-7", front, out);
      measure("a set of values, 600 found", "labelSelector=app%20in%20(app-7,app-8)", front, out);
      measure("no such label, none found", "labelSelector=!app", front, out);
      measure("a name, 1 found", "fieldSelector=metadata.name%3Dmap-123456", front, out);
      measure("the first 500", "limit=500", front, out);
    }
  }

  private static MemoryStore filled() {
    MemoryStore store = new MemoryStore();
    for (int i = 0; i < COUNT; i++) {
      ObjectKey key = new ObjectKey(MAPS, "acme", "default", "map-" + i);
      String json =
          """
          {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s","namespace":"default",\
          "uid":"8f1d2c3b-4a5e-4f60-9b7c-%012d","creationTimestamp":"2026-01-01T00:00:00Z",\
          "labels":{"app":"app-%d"}},"data":{"text":"%s"}}\
          """
              .formatted(key.name(), i, i % 1_000, FILLER);
      store.commit(List.of(new Change.Create(key, json.getBytes(StandardCharsets.UTF_8))));
    }
    return store;
  }

  private static void measure(String what, String query, Front front, Consumer<Result> out)
      throws Exception {
    HttpClient client = front.client();
    HttpRequest list = front.request(PATH + "?" + query).build();
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    for (int i = 0; i < 20; i++) {
      client.send(list, BodyHandlers.discarding());
    }
    double[] millis = new double[ROUNDS];
    long start = System.nanoTime();
    long cpu = system.getProcessCpuTime();
    int round = 0;
    while (round < ROUNDS && System.nanoTime() - start < LIMIT.toNanos()) {
      long before = System.nanoTime();
      if (client.send(list, BodyHandlers.discarding()).statusCode() != 200) {
        throw new IllegalStateException("refused: " + query);
      }
      millis[round++] = (System.nanoTime() - before) / 1e6;
    }
    double spent = (system.getProcessCpuTime() - cpu) / 1e6 / round;
    double[] sorted = Arrays.copyOf(millis, round);
    Arrays.sort(sorted);
    String label = "300,000 ConfigMaps, " + what + ": ";
    out.accept(new Result(label + "p50", sorted[round / 2], "ms", ""));
    out.accept(new Result(label + "p99", sorted[round * 99 / 100], "ms", ""));
    out.accept(new Result(label + "processor time of a list", spent, "ms", ""));
  }
}
