package dev.argosy.bench;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates through the whole API (TLS, HTTP/2, admission, etcd, with the watch caches following)
 * against jetcd puts of the bytes that a created object is stored as, in turns, on one etcd.
 * Clients, server and etcd share the processors.
 */
final class ApiCreate implements Benchmark {

  private static final int THREADS = 64;
  private static final int CONNECTIONS = 4;
  private static final Duration TURN = Duration.ofMillis(1_100);
  private static final Duration WARM = Duration.ofSeconds(5);

  private final AtomicInteger names = new AtomicInteger();

  @Override
  public void run(Consumer<Result> out) throws Exception {
    try (EtcdServer etcd = EtcdServer.start();
        Client raw = Client.builder().endpoints(etcd.endpoint()).build();
        Front front = Front.encrypted(new EtcdStore(etcd.config()), parts -> {})) {
      List<HttpClient> clients = front.clients(CONNECTIONS);
      measure("ConfigMap of 1 kB", "configmaps", ApiCreate::configMap, front, clients, raw, out);
      measure("Pod", "pods", ApiCreate::pod, front, clients, raw, out);
    }
  }

  /** Makes the body of an object of a name. */
  private interface Body {
    ObjectNode named(String name);
  }

  private void measure(
      String what,
      String resource,
      Body body,
      Front front,
      List<HttpClient> clients,
      Client raw,
      Consumer<Result> out)
      throws InterruptedException {
    front.server.caches.of(new GroupResource("", resource)).currentSnapshot(TURN);
    int size = post(front, clients.getFirst(), resource, body.named(name())).length;
    for (HttpClient client : clients) {
      post(front, client, resource, body.named(name())); // one handshake each, before the crowd
    }
    ByteSequence value = ByteSequence.from(new byte[size]);
    Map<String, IntConsumer> turns = new LinkedHashMap<>();
    turns.put("raw jetcd puts", n -> put(raw, value));
    turns.put("raw jetcd put-if-absent", n -> transact(raw, value));
    turns.put("created within the process", n -> local(front, resource, body.named(name())));
    turns.put(
        "created over HTTP/2 and TLS",
        n -> post(front, clients.get(n % CONNECTIONS), resource, body.named(name())));
    turns.put(
        "the smallest request over HTTP/2 and TLS",
        n -> Front.exchange(clients.get(n % CONNECTIONS), front.request("/version").build(), 200));
    Load.perSecond(
        WARM,
        THREADS,
        n -> post(front, clients.get(n % CONNECTIONS), resource, body.named(name())));
    Map<String, Double> rates = Load.inTurns(turns, TURN, THREADS);
    String label = what + " (" + size + " bytes stored), 64 at once: ";
    rates.forEach((turn, rate) -> out.accept(new Result(label + turn, rate, "/s", "")));
    double http = rates.getOrDefault("created over HTTP/2 and TLS", 0.0);
    double puts = rates.getOrDefault("raw jetcd puts", 0.0);
    double absent = rates.getOrDefault("raw jetcd put-if-absent", 0.0);
    out.accept(new Result(what + ": created over HTTP / raw puts", http / puts, "", "≥ 0.6"));
    out.accept(new Result(what + ": created over HTTP / put-if-absent", http / absent, "", ""));
  }

  private String name() {
    return "created-" + names.incrementAndGet();
  }

  private static ObjectNode configMap(String name) {
    ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "ConfigMap");
    object.putObject("metadata").put("name", name);
    object.putObject("data").put("text", "x".repeat(1_000));
    return object;
  }

  private static ObjectNode pod(String name) {
    ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    object.putObject("metadata").put("name", name).putObject("labels").put("app", "web");
    ObjectNode container = object.putObject("spec").putArray("containers").addObject();
    container.put("name", "web").put("image", "argosy/demo:1");
    container.putArray("ports").addObject().put("containerPort", 8080);
    container.putArray("env").addObject().put("name", "TEXT").put("value", "x".repeat(200));
    return object;
  }

  private static byte[] post(Front front, HttpClient client, String resource, ObjectNode body) {
    HttpRequest request =
        front
            .request(Front.NAMESPACE + resource)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(body)))
            .build();
    return Front.exchange(client, request, 201);
  }

  private static void local(Front front, String resource, ObjectNode body) {
    ResourceScope scope =
        ResourceScope.namespace(new GroupResource("", resource), "acme", "default");
    front.server.admin().create(scope, body).orThrow();
  }

  private void put(Client raw, ByteSequence value) {
    raw.getKVClient().put(key(), value).join();
  }

  private void transact(Client raw, ByteSequence value) {
    ByteSequence key = key();
    raw.getKVClient()
        .txn()
        .If(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(0)))
        .Then(Op.put(key, value, PutOption.DEFAULT))
        .commit()
        .join();
  }

  private ByteSequence key() {
    return ByteSequence.from("/raw/-/things/acme/default/" + name(), StandardCharsets.UTF_8);
  }
}
