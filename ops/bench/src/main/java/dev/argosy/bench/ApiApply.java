package dev.argosy.bench;

import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Server-side apply against plain creates and merge patches of the same objects, in turns, over TLS
 * and HTTP/2 into etcd. Changes go round over many objects, so that two of one never meet.
 */
final class ApiApply implements Benchmark {

  private static final int THREADS = 64;
  private static final int CONNECTIONS = 4;
  private static final int OBJECTS = 1_024;
  private static final Duration TURN = Duration.ofMillis(1_100);
  private static final Duration WARM = Duration.ofSeconds(2);
  private static final String MAPS = Front.NAMESPACE + "configmaps";
  private static final String DEPLOYMENTS =
      "/clusters/acme/apis/apps/v1/namespaces/default/deployments";
  private static final String APPLY = "application/apply-patch+yaml";
  private static final String MERGE = "application/merge-patch+json";

  private final AtomicInteger names = new AtomicInteger();

  /** What is written: a whole object, and one field of it, of a name and a number. */
  private record Sort(String label, String path, String whole, String part) {

    String object(String name) {
      return whole.formatted(name);
    }

    String field(String name, int value) {
      return part.formatted(name, value);
    }
  }

  private static final Sort MAP =
      new Sort(
          "ConfigMap of 1 kB",
          MAPS,
          """
          {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"text":"TEXT"}}\
          """
              .replace("TEXT", "x".repeat(1_000)),
          """
          {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s"},"data":{"count":"%d"}}\
          """);

  private static final Sort DEPLOYMENT =
      new Sort(
          "Deployment",
          DEPLOYMENTS,
          """
          {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%s",\
          "labels":{"app":"web"}},"spec":{"selector":{"matchLabels":{"app":"web"}},\
          "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web",\
          "image":"argosy/demo:1","ports":[{"containerPort":8080}],"env":[{"name":"TEXT",\
          "value":"TEXT"},{"name":"MORE","value":"more"}]}]}}}}\
          """
              .replace("\"value\":\"TEXT\"", "\"value\":\"" + "x".repeat(200) + "\""),
          """
          {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%s"},\
          "spec":{"replicas":%d}}\
          """);

  @Override
  public void run(Consumer<Result> out) throws Exception {
    try (EtcdServer etcd = EtcdServer.start();
        Front front = Front.encrypted(new EtcdStore(etcd.config()), parts -> {})) {
      List<HttpClient> clients = front.clients(CONNECTIONS);
      measure(MAP, front, clients, out);
      measure(DEPLOYMENT, front, clients, out);
    }
  }

  private void measure(Sort sort, Front front, List<HttpClient> clients, Consumer<Result> out)
      throws InterruptedException {
    for (int i = 0; i < OBJECTS; i++) {
      apply(front, clients.get(i % CONNECTIONS), sort, "kept-" + i, sort.object("kept-" + i), 201);
    }
    Map<String, IntConsumer> turns = new LinkedHashMap<>();
    turns.put("created by POST", n -> create(front, clients.get(n % CONNECTIONS), sort));
    turns.put(
        "created by apply",
        n -> {
          String name = "applied-" + names.incrementAndGet();
          apply(front, clients.get(n % CONNECTIONS), sort, name, sort.object(name), 201);
        });
    turns.put(
        "one field changed by merge patch",
        n -> merge(front, clients.get(n % CONNECTIONS), sort, names.incrementAndGet()));
    turns.put(
        "one field changed by another manager's apply",
        n -> change(front, clients.get(n % CONNECTIONS), sort, names.incrementAndGet()));
    turns.put(
        "applied again without a change",
        n -> {
          String name = "kept-" + n % OBJECTS;
          apply(front, clients.get(n % CONNECTIONS), sort, name, sort.object(name), 200);
        });
    for (IntConsumer turn : turns.values()) {
      Load.perSecond(WARM, THREADS, turn);
    }
    Map<String, Double> rates = Load.inTurns(turns, TURN, THREADS);
    String label = sort.label + ", 64 at once: ";
    rates.forEach((turn, rate) -> out.accept(new Result(label + turn, rate, "/s", "")));
  }

  private void create(Front front, HttpClient client, Sort sort) {
    String name = "posted-" + names.incrementAndGet();
    front.send(client, "POST", sort.path, Front.Body.json(sort.object(name)), 201);
  }

  private static void apply(
      Front front, HttpClient client, Sort sort, String name, String body, int code) {
    String path = sort.path + "/" + name + "?fieldManager=maker";
    front.send(client, "PATCH", path, new Front.Body(APPLY, body), code);
  }

  private static void merge(Front front, HttpClient client, Sort sort, int number) {
    String name = "kept-" + number % OBJECTS;
    String path = sort.path + "/" + name + "?fieldManager=counter";
    front.send(client, "PATCH", path, new Front.Body(MERGE, sort.field(name, number)), 200);
  }

  /** By force, since those who patch own the field too. */
  private static void change(Front front, HttpClient client, Sort sort, int number) {
    String name = "kept-" + number % OBJECTS;
    String path = sort.path + "/" + name + "?fieldManager=counter&force=true";
    front.send(client, "PATCH", path, new Front.Body(APPLY, sort.field(name, number)), 200);
  }
}
