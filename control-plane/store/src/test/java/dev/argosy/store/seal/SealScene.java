package dev.argosy.store.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.seal.spi.KeyService;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoredValue;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Servers on one store, and secrets in it. */
final class SealScene {

  static final GroupResource SECRETS = new GroupResource("", "secrets");

  final ResourceStore below;

  SealScene(ResourceStore below) {
    this.below = below;
  }

  Sealing server(String name, KeyService keys) {
    return server(name, keys, Set.of(SECRETS));
  }

  Sealing server(String name, KeyService keys, Set<GroupResource> resources) {
    return Sealing.open(
        below, keys, new SealConfig(resources, name, Duration.ofHours(1)), Clock.systemUTC());
  }

  static ObjectKey key(String cluster, String name) {
    return new ObjectKey(SECRETS, cluster, "default", name);
  }

  static byte[] value(String content) {
    return ("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"x\"},\"data\":\""
            + content
            + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  static long put(ResourceStore store, ObjectKey key, String content) {
    long before = store.get(key).map(StoredValue::revision).orElse(0L);
    return putRaw(store, key, before, value(content));
  }

  static long putRaw(ResourceStore store, ObjectKey key, long before, byte[] value) {
    Change change =
        before == 0 ? new Change.Create(key, value) : new Change.Update(key, before, value);
    CommitResult result = store.commit(List.of(change));
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
    return ((CommitResult.Committed) result).revision();
  }

  /** What stands below. */
  StoredValue raw(ObjectKey key) {
    return below.get(key).orElseThrow();
  }

  /** Puts bytes where others stand, as somebody with access to etcd could. */
  void tamper(ObjectKey key, byte[] value) {
    putRaw(below, key, raw(key).revision(), value);
  }

  static String read(ResourceStore store, ObjectKey key) {
    String json = new String(store.get(key).orElseThrow().value(), StandardCharsets.UTF_8);
    return json.substring(json.indexOf("\"data\":\"") + 8, json.length() - 2);
  }

  String keyId(ObjectKey key) {
    return DataKey.text(Envelope.keyId(raw(key).value()));
  }

  boolean isSealed(ObjectKey key) {
    return Envelope.is(raw(key).value());
  }

  static void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** A whole pass, and its end. */
  static SealProgress pass(Sealing server) {
    SealProgress before = server.status().pass();
    server.passSoon();
    await(
        () -> {
          server.round();
          SealProgress now = server.status().pass();
          return now != before && now.ended() != null;
        },
        "the pass ends");
    return server.status().pass();
  }
}
