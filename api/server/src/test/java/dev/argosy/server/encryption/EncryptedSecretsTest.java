package dev.argosy.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import dev.argosy.store.keyring.Keyrings;
import dev.argosy.store.seal.SealConfig;
import dev.argosy.store.seal.Sealing;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.StoredValue;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.options.GetOption;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets over HTTP on a real etcd, whose content is looked at from below. */
class EncryptedSecretsTest {

  private static final String PLAIN = "correct horse battery staple";
  private static final String BASE64 = base64(PLAIN);
  private static final GroupResource SECRETS = new GroupResource("", "secrets");

  @TempDir Path folder;
  private EtcdServer etcd;
  private EtcdStore below;
  private Path keyring;
  private Sealing sealing;
  private TestServer server;
  private TestClient client;

  @BeforeEach
  void start() {
    etcd = EtcdServer.start();
    below = new EtcdStore(etcd.config());
    keyring = Keyrings.file(folder);
    sealing = sealing(keyring);
    server =
        TestServer.on(
            sealing.store(),
            Map.of(),
            parts -> new EncryptionPages(sealing).mounts().forEach(parts::mount));
    server.clusters.put("globex", Phase.ACTIVE, Set.of("default"));
    client = server.client();
  }

  private Sealing sealing(Path file) {
    SealConfig config = new SealConfig(SealConfig.DEFAULT, "server", Duration.ofMillis(50));
    return Sealing.open(below, Keyrings.open(file), config, Clock.systemUTC()).start();
  }

  @AfterEach
  void stop() {
    sealing.close();
    server.close();
    etcd.close();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String secrets(String tenant) {
    return "/clusters/" + tenant + "/api/v1/namespaces/default/secrets";
  }

  private static String body(String name) {
    return "{\"metadata\":{\"name\":\""
        + name
        + "\",\"labels\":{\"l\":\"v\"}},\"data\":{\"password\":\""
        + BASE64
        + "\"}}";
  }

  private void create(String tenant, String name) {
    if (tenant.equals("globex")) {
      client.post("/clusters/globex/api/v1/namespaces", "{\"metadata\":{\"name\":\"default\"}}");
    }
    var made = client.post(secrets(tenant), body(name));
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  private static ObjectKey key(String tenant, String name) {
    return new ObjectKey(SECRETS, tenant, "default", name);
  }

  private StoredValue raw(ObjectKey key) {
    return below.get(key).orElseThrow();
  }

  private void put(ObjectKey key, byte[] value) {
    var update = new Change.Update(key, raw(key).revision(), value);
    assertThat(below.commit(List.of(update))).isInstanceOf(CommitResult.Committed.class);
  }

  private static void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** Everything that etcd holds now and in its history since the beginning. */
  private String dump() {
    StringBuilder all = new StringBuilder();
    try (Client raw = Client.builder().endpoints(etcd.endpoint()).build()) {
      ByteSequence zero = ByteSequence.from(new byte[1]);
      long last = below.currentRevision();
      for (long revision = 2; revision <= last; revision++) {
        GetOption option = GetOption.builder().withRange(zero).withRevision(revision).build();
        for (KeyValue kv : raw.getKVClient().get(zero, option).join().getKvs()) {
          if (kv.getModRevision() == revision) {
            all.append(kv.getKey().toString(StandardCharsets.ISO_8859_1)).append(' ');
            all.append(kv.getValue().toString(StandardCharsets.ISO_8859_1)).append('\n');
          }
        }
      }
    }
    return all.toString();
  }

  @Test
  void etcdHoldsNoSecretInPlain() {
    create("acme", "s");
    String url = secrets("acme") + "/s";
    String read = client.get(url).text();
    assertThat(read).contains(BASE64);
    assertThat(client.get(secrets("acme")).json().path("items").size()).isEqualTo(1);
    assertThat(client.get(secrets("acme") + "?labelSelector=l%3Dv").text()).contains(BASE64);
    var patched =
        client.patch(
            url,
            "application/merge-patch+json",
            "{\"stringData\":{\"more\":\"" + PLAIN + " too\"}}");
    assertThat(patched.code()).as(patched.text()).isEqualTo(200);
    String dump = dump();
    assertThat(dump)
        .contains("/argosy/-/secrets/acme,default,s sealed1\0")
        .contains("\"wrapped\"")
        .doesNotContain(BASE64)
        .doesNotContain(PLAIN)
        .doesNotContain(base64(PLAIN + " too"));
    assertThat(client.delete(url, "").code()).isEqualTo(200);
  }

  @Test
  void aBadSecretIsA500ForItsTenantAndNobodyElse() {
    create("acme", "good");
    create("acme", "bad");
    create("globex", "theirs");
    byte[] value = raw(key("acme", "bad")).value().clone();
    value[value.length - 1] ^= 1;
    put(key("acme", "bad"), value);
    String bad = secrets("acme") + "/bad";
    await(() -> client.get(bad).code() == 500, "the bad secret is noticed");
    var refused = client.get(bad);
    assertThat(refused.at("reason")).isEqualTo("InternalError");
    assertThat(refused.at("message"))
        .contains("secrets \"default/bad\" cannot be read from the store")
        .contains("restore it from a backup of etcd");
    assertThat(client.get(secrets("acme")).code()).isEqualTo(500);
    assertThat(client.get("/clusters/acme/api/v1/namespaces/kube-system/secrets").code())
        .isEqualTo(200);
    assertThat(client.get(secrets("acme") + "/good").text()).contains(BASE64);
    assertThat(client.get(secrets("globex")).text()).contains("theirs");
    assertThat(client.get("/clusters/*/api/v1/secrets").text()).contains("theirs", "good");
    assertThat(client.get("/clusters/acme/api/v1/namespaces/default/configmaps").code())
        .isEqualTo(200);
    create("acme", "later");
    assertThat(client.delete(bad, "").code()).isEqualTo(500);
    value[value.length - 1] ^= 1;
    put(key("acme", "bad"), value);
    await(() -> client.get(bad).code() == 200, "the secret is restored");
    assertThat(client.get(secrets("acme")).json().path("items").size()).isEqualTo(3);
  }

  @Test
  void aSecretMovedToAnotherTenantDoesNotOpen() {
    create("acme", "s");
    create("globex", "s");
    put(key("globex", "s"), raw(key("acme", "s")).value());
    await(() -> client.get(secrets("globex") + "/s").code() == 500, "the swap is noticed");
    assertThat(client.get(secrets("globex") + "/s").text()).doesNotContain(BASE64);
    assertThat(client.get(secrets("acme") + "/s").code()).isEqualTo(200);
  }

  @Test
  void operatorsRotateRetireAndSeeHowItGoes() {
    create("acme", "s");
    create("globex", "s");
    var status = client.get("/encryption");
    assertThat(status.code()).as(status.text()).isEqualTo(200);
    assertThat(status.json().path("tenantsWithDataKeys").asInt()).isEqualTo(2);
    assertThat(status.json().path("keyEncryptionKey").asString()).startsWith("first.");
    byte[] before = raw(key("acme", "s")).value();
    var rotated = client.post("/encryption/rotate?tenant=acme", "{}");
    assertThat(rotated.code()).as(rotated.text()).isEqualTo(201);
    await(() -> !Arrays.equals(before, raw(key("acme", "s")).value()), "the pass seals it anew");
    await(
        () -> client.post("/encryption/retire", "").text().contains("\"acme\""),
        "the old key goes");
    Keyrings.add(keyring, "second");
    await(
        () ->
            client
                .get("/encryption")
                .json()
                .path("keyEncryptionKey")
                .asString()
                .startsWith("second."),
        "the new key-encryption key is used");
    assertThat(client.get(secrets("acme") + "/s").text()).contains(BASE64);
    assertThat(client.post("/encryption/rotate?tenant=nobody", "").code()).isEqualTo(404);
    assertThat(client.get("/encryption/rotate").code()).isEqualTo(405);
    assertThat(client.get("/encryption/other").code()).isEqualTo(404);
    assertThat(client.get("/clusters/acme/encryption").code()).isEqualTo(403);
  }
}
