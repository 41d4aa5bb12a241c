package dev.argosy.bench;

import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a tenant with 500 custom resources waits for: its documents, warm and unchanged, and how
 * long after a further definition is asked for each of them has it. One request after the other,
 * over TLS and HTTP/2; definitions are in etcd.
 */
final class ApiDiscovery implements Benchmark {

  private static final int DEFINITIONS = 500;
  private static final int GROUPS = 50;
  private static final int PROPERTIES = 40;
  private static final int WARM = 20;
  private static final int ROUNDS = 100;
  private static final int NEW = 20;
  private static final String ACME = "/clusters/acme";
  private static final String PATH =
      ACME + "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  /** Something that tells of custom resources. */
  private record Document(String label, String path, String accept) {}

  private static final List<Document> DOCUMENTS =
      List.of(
          new Document("aggregated discovery", ACME + "/apis", AGGREGATED),
          new Document("OpenAPI v3, index", ACME + "/openapi/v3", "application/json"),
          new Document("OpenAPI v2", ACME + "/openapi/v2", "application/json"));

  private final AtomicInteger further = new AtomicInteger();

  @Override
  public void run(Consumer<Result> out) throws Exception {
    try (EtcdServer etcd = EtcdServer.start();
        Front front = Front.encrypted(new EtcdStore(etcd.config()), parts -> {})) {
      HttpClient client = front.client();
      double took =
          Delays.millis(() -> {
            for (int i = 0; i < DEFINITIONS; i++) {
              define(front, client, "group-" + i % GROUPS + ".example.com", "thing" + i);
            }
          });
      out.accept(
          new Result("a definition created, mean of the first 500", took / DEFINITIONS, "ms", ""));
      for (Document document : DOCUMENTS) {
        warm(document, front, client, out);
      }
      published(front, client, out);
    }
  }

  private static void define(Front front, HttpClient client, String group, String singular) {
    String properties =
        IntStream.range(0, PROPERTIES)
            .mapToObj(i ->
                """
                "field%d":{"type":"string","maxLength":100,"description":"What the field is for."}\
                """
                    .formatted(i))
            .collect(Collectors.joining(","));
    String definition =
        """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
         "metadata":{"name":"%1$ss.%2$s"},"spec":{"group":"%2$s","scope":"Namespaced",
         "names":{"plural":"%1$ss","singular":"%1$s","kind":"K%1$s"},
         "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":
          {"type":"object","properties":{"spec":{"type":"object","properties":{%3$s}}}}}}]}}
        """
            .formatted(singular, group, properties);
    front.send(client, "POST", PATH, Front.Body.json(definition), 201);
  }

  private static void warm(Document document, Front front, HttpClient client, Consumer<Result> out)
      throws Exception {
    HttpRequest whole = request(document, front).build();
    HttpResponse<byte[]> first = Front.answer(client, whole, 200);
    String tag = first.headers().firstValue("ETag").orElse("");
    HttpRequest again = request(document, front).header("If-None-Match", tag).build();
    for (int i = 0; i < WARM; i++) {
      Front.exchange(client, whole, 200);
      Front.exchange(client, again, 304);
    }
    out.accept(new Result(document.label + ", length", first.body().length / 1e3, "kB", ""));
    Delays.of(ROUNDS, () -> Delays.millis(() -> Front.exchange(client, whole, 200)))
        .report(document.label + ", whole", "ms", out);
    Delays.of(ROUNDS, () -> Delays.millis(() -> Front.exchange(client, again, 304)))
        .report(document.label + ", unchanged (ETag)", "ms", out);
  }

  private static HttpRequest.Builder request(Document document, Front front) {
    return front.request(document.path).header("Accept", document.accept);
  }

  /** Each in rounds of its own, so that it is always the first to be asked after the change. */
  private void published(Front front, HttpClient client, Consumer<Result> out) throws Exception {
    Delays.of(NEW, () -> Delays.millis(() -> define(front, client, group(), "thing")))
        .report("a further definition, answered", "ms", out);
    Delays.of(NEW, () -> untilServed(front, client))
        .report("a further definition, until its objects can be listed", "ms", out);
    for (Document document : DOCUMENTS) {
      Delays.of(NEW, () -> untilTold(document, front, client))
          .report("a further definition, until in " + document.label, "ms", out);
    }
  }

  private String group() {
    return "further-" + further.incrementAndGet() + ".example.com";
  }

  private double untilServed(Front front, HttpClient client) {
    String group = group();
    HttpRequest list = front.request(ACME + "/apis/" + group + "/v1/things").build();
    return Delays.millis(() -> {
      define(front, client, group, "thing");
      Front.exchange(client, list, 200);
    });
  }

  private double untilTold(Document document, Front front, HttpClient client) {
    String group = group();
    HttpRequest ask = request(document, front).build();
    return Delays.millis(() -> {
      define(front, client, group, "thing");
      while (!text(Front.exchange(client, ask, 200)).contains(group)) {
        Thread.onSpinWait();
      }
    });
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
