package dev.argosy.bench;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.store.etcd.EtcdConfig;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import dev.argosy.store.keyring.Keyrings;
import dev.argosy.store.seal.SealConfig;
import dev.argosy.store.seal.Sealing;
import dev.argosy.store.spi.ResourceStore;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Secrets sealed at rest against secrets in plain: creates over HTTP, lists over HTTP (which come
 * from the cache), and lists from the store as a cache loads them; in turns, on one etcd.
 */
final class ApiSecrets implements Benchmark {

  private static final GroupResource SECRETS = new GroupResource("", "secrets");
  private static final int THREADS = 32;
  private static final int LISTED = 2_000;
  private static final Duration TURN = Duration.ofSeconds(2);
  private static final Duration WAIT = Duration.ofSeconds(10);

  private final AtomicInteger names = new AtomicInteger();

  @Override
  public void run(Consumer<Result> out) throws Exception {
    Path folder = Files.createTempDirectory("bench-keys");
    Path keyring = Keyrings.file(folder);
    try (EtcdServer etcd = EtcdServer.start();
        EtcdStore plainStore = store(etcd, "/plain");
        EtcdStore below = store(etcd, "/sealed");
        Sealing sealing = sealing(below, keyring);
        Front plain = Front.plain(plainStore, parts -> {});
        Front sealed = Front.plain(sealing.store(), parts -> {})) {
      creates(plain, sealed, out);
      fill(plain);
      fill(sealed);
      lists(plain, sealed, out);
      loads(plainStore, sealing.store(), out);
    }
    Files.delete(keyring);
    Files.delete(folder);
  }

  private static EtcdStore store(EtcdServer etcd, String prefix) {
    EtcdConfig all = etcd.config();
    return new EtcdStore(
        new EtcdConfig(
            all.endpoints(), prefix, all.connectTimeout(), all.requestTimeout(), all.security()));
  }

  private static Sealing sealing(ResourceStore below, Path keyring) {
    SealConfig config = new SealConfig(SealConfig.DEFAULT, "bench", SealConfig.INTERVAL);
    return Sealing.open(below, Keyrings.open(keyring), config, Clock.systemUTC());
  }

  private void creates(Front plain, Front sealed, Consumer<Result> out)
      throws InterruptedException {
    Map<String, IntConsumer> turns = new LinkedHashMap<>();
    HttpClient toPlain = plain.client();
    HttpClient toSealed = sealed.client();
    turns.put("plain", n -> create(plain, toPlain));
    turns.put("sealed", n -> create(sealed, toSealed));
    Map<String, Double> rates = Load.inTurns(turns, TURN, THREADS);
    rates.forEach((how, rate) ->
        out.accept(new Result("Secret of 1 kB created, 32 at once: " + how, rate, "/s", "")));
    double ratio = rates.getOrDefault("sealed", 0.0) / rates.getOrDefault("plain", 1.0);
    out.accept(new Result("created sealed / plain", ratio, "", ""));
  }

  /** So that there are enough to be listed. */
  private void fill(Front front) throws InterruptedException {
    HttpClient client = front.client();
    Load.perSecond(LISTED, THREADS, n -> create(front, client));
  }

  private void create(Front front, HttpClient client) {
    ObjectNode object = Json.object().put("apiVersion", "v1").put("kind", "Secret");
    object.putObject("metadata").put("name", "created-" + names.incrementAndGet());
    byte[] text = "x".repeat(750).getBytes(StandardCharsets.UTF_8);
    object.putObject("data").put("text", Base64.getEncoder().encodeToString(text));
    Front.exchange(
        client,
        front
            .request(Front.NAMESPACE + "secrets")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(object)))
            .build(),
        201);
  }

  private static void lists(Front plain, Front sealed, Consumer<Result> out)
      throws InterruptedException {
    Map<String, IntConsumer> turns = new LinkedHashMap<>();
    HttpClient toPlain = plain.client();
    HttpClient toSealed = sealed.client();
    turns.put("plain", n -> list(plain, toPlain));
    turns.put("sealed", n -> list(sealed, toSealed));
    Map<String, Double> rates = Load.inTurns(turns, TURN, 1);
    rates.forEach((how, rate) ->
        out.accept(new Result("2,000 Secrets listed over HTTP: " + how, 1e3 / rate, "ms", "")));
  }

  private static void list(Front front, HttpClient client) {
    front.server.caches.of(SECRETS).currentSnapshot(WAIT);
    Front.exchange(client, front.request(Front.NAMESPACE + "secrets?limit=" + LISTED).build(), 200);
  }

  private static void loads(ResourceStore plain, ResourceStore sealed, Consumer<Result> out)
      throws InterruptedException {
    Map<String, IntConsumer> turns = new LinkedHashMap<>();
    turns.put("plain", n -> plain.list(SECRETS, "", 0, null, LISTED));
    turns.put("sealed", n -> sealed.list(SECRETS, "", 0, null, LISTED));
    Map<String, Double> rates = Load.inTurns(turns, TURN, 1);
    rates.forEach((how, rate) ->
        out.accept(
            new Result(
                "2,000 Secrets read from etcd, each: " + how, 1e6 / rate / LISTED, "µs", "")));
  }
}
