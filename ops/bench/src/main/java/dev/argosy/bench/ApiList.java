package dev.argosy.bench;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.ApiServerParts;
import dev.argosy.server.connect.PathMount;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A list of 10,000 pods in each form against the same bytes out of an array, through the same
 * server and the same client, in turns: as JSON once as clients come (TLS, HTTP/2), once in plain
 * text over HTTP/1.1, where less stands beside the making of the list; the other forms in plain
 * text. Medians.
 */
final class ApiList implements Benchmark {

  private static final int COUNT = 10_000;
  private static final int WARM = 20;
  private static final int MAX_ROUNDS = 100;
  private static final Duration LIMIT = Duration.ofSeconds(12);

  private static final String PODS = "/clusters/acme/api/v1/pods";
  private static final String ARRAY = "/bench/array";
  private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  /**
   * How a list is asked for.
   *
   * @param how for the result's label
   */
  private record Form(String how, String accept) {}

  private static final Form JSON = new Form("JSON", "application/json");
  private static final List<Form> OTHERS =
      List.of(
          new Form("table", "application/json;as=Table;v=v1;g=meta.k8s.io"),
          new Form(
              "metadata only", "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io"),
          new Form("protobuf", PROTOBUF));

  @Override
  public void run(Consumer<Result> out) throws Exception {
    AtomicReference<byte[]> array = new AtomicReference<>(new byte[0]);
    Consumer<ApiServerParts> mount =
        parts ->
            parts.mount(
                new PathMount(
                    ARRAY,
                    false,
                    (info, cluster, user, request, response) -> {
                      response.setContentType("application/json");
                      response.getOutputStream().write(array.get());
                      response.getOutputStream().close();
                    }));
    try (Front front = Front.encrypted(filled(), mount)) {
      compare("TLS, HTTP/2", JSON, front, array, out);
    }
    try (Front front = Front.plain(filled(), mount)) {
      compare("plain HTTP/1.1", JSON, front, array, out);
      for (Form form : OTHERS) {
        compare("plain HTTP/1.1", form, front, array, out);
      }
    }
  }

  private static MemoryStore filled() {
    MemoryStore store = new MemoryStore();
    for (int i = 0; i < COUNT; i++) {
      ObjectKey key = new ObjectKey(Pods.PODS, "acme", "default", Pods.key(i).name());
      store.commit(List.of(new Change.Create(key, Pods.json(key, i))));
    }
    return store;
  }

  private static void compare(
      String how, Form form, Front front, AtomicReference<byte[]> array, Consumer<Result> out)
      throws Exception {
    HttpClient client = front.client();
    HttpRequest list = front.request(PODS).header("Accept", form.accept).build();
    HttpRequest same = front.request(ARRAY).build();
    byte[] bytes = client.send(list, BodyHandlers.ofByteArray()).body();
    array.set(bytes);
    if (!Arrays.equals(bytes, client.send(same, BodyHandlers.ofByteArray()).body())) {
      throw new IllegalStateException("the array's answer is not the list's");
    }
    double[] lists = new double[MAX_ROUNDS];
    double[] arrays = new double[MAX_ROUNDS];
    int round = 0;
    for (int i = 0; i < WARM; i++) {
      millis(client, list);
      millis(client, same);
    }
    long start = System.nanoTime();
    while (round < MAX_ROUNDS && System.nanoTime() - start < LIMIT.toNanos()) {
      lists[round] = millis(client, list);
      arrays[round++] = millis(client, same);
    }
    double ofList = median(lists, round);
    double ofArray = median(arrays, round);
    double megabytes = bytes.length / 1e6;
    String label = String.format(Locale.ROOT, "%s, %s, %.1f MB: ", how, form.how, megabytes);
    out.accept(new Result(label + "list of 10,000 pods", ofList, "ms", ""));
    out.accept(new Result(label + "the same bytes from an array", ofArray, "ms", ""));
    out.accept(new Result(label + "list / array", ofList / ofArray, "", "≤ 1.25"));
  }

  private static double millis(HttpClient client, HttpRequest request) throws Exception {
    BodyHandler<Void> discarded = info -> BodySubscribers.discarding();
    long start = System.nanoTime();
    HttpResponse<Void> answer = client.send(request, discarded);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("answered " + answer.statusCode());
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] values, int count) {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return sorted[count / 2];
  }
}
