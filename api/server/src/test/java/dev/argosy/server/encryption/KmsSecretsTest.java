package dev.argosy.server.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.testing.TestServer;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import dev.argosy.store.keyring.Keyrings;
import dev.argosy.store.kms.KmsServer;
import dev.argosy.store.seal.SealConfig;
import dev.argosy.store.seal.Sealing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets over HTTP on a real etcd, under keys of a KMS v2 plug-in at a real socket. */
class KmsSecretsTest {

  private static final String SECRETS = "/clusters/acme/api/v1/namespaces/default/secrets";
  private static final String OTHERS = "/clusters/globex/api/v1/namespaces/default/secrets";
  private static final String BODY =
      "{\"metadata\":{\"name\":\"s\"},\"data\":{\"password\":\"Y29ycmVjdA==\"}}";

  @TempDir Path folder;
  private EtcdServer etcd;
  private KmsServer kms;
  private Path keyring;
  private Running running;

  /** A server on that etcd. */
  private record Running(EtcdStore below, Sealing sealing, TestServer server) {
    static Running start(EtcdServer etcd, Path keyring) {
      EtcdStore below = new EtcdStore(etcd.config());
      SealConfig config = new SealConfig(SealConfig.DEFAULT, "server", Duration.ofMillis(50));
      Sealing sealing =
          Sealing.open(below, Keyrings.open(keyring), config, Clock.systemUTC()).start();
      TestServer server =
          TestServer.on(
              sealing.store(),
              Map.of(),
              parts -> new EncryptionPages(sealing).mounts().forEach(parts::mount));
      server.clusters.put("globex", Phase.ACTIVE, Set.of("default"));
      return new Running(below, sealing, server);
    }

    void stop() {
      sealing.close();
      server.close();
    }
  }

  @BeforeEach
  void start() {
    etcd = EtcdServer.start();
    kms = KmsServer.start(folder);
    keyring = Keyrings.file(folder);
    running = Running.start(etcd, keyring);
  }

  @AfterEach
  void stop() {
    running.stop();
    kms.close();
    etcd.close();
  }

  private TestServer server() {
    return running.server();
  }

  private static void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private boolean allUnder(String prefix) {
    var keys =
        server().client().get("/encryption").json().path("dataKeysByKeyEncryptionKey").properties();
    return !keys.isEmpty() && keys.stream().allMatch(key -> key.getKey().startsWith(prefix));
  }

  private String record(String tenant) {
    ObjectKey place = new ObjectKey(new GroupResource("~seal", "keys"), tenant, "", "keys");
    return running
        .below()
        .get(place)
        .map(value -> new String(value.value(), StandardCharsets.UTF_8))
        .orElse("");
  }

  @Test
  void tenantsSeeNothingOfAMoveToAServiceAndAClearAnswerWhileItIsAway() throws IOException {
    assertThat(server().client().post(SECRETS, BODY).code()).isEqualTo(201);
    Files.writeString(keyring, Files.readString(keyring) + "vault " + kms.address() + " PT2S\n");
    await(() -> allUnder("vault:arn:key/"), "the data key is under the service's");
    Files.writeString(keyring, "vault " + kms.address() + " PT2S\n");
    assertThat(record("acme")).contains("\"wrappedBy\":\"vault:arn:key/");

    kms.close();
    assertThat(server().client().get(SECRETS + "/s").code()).isEqualTo(200);
    running.stop();
    running = Running.start(etcd, keyring);
    var client = server().client();
    await(() -> client.get(SECRETS + "/s").code() == 500, "the key cannot be had");
    assertThat(client.get(SECRETS + "/s").at("message"))
        .contains("cannot be read from the store: the KMS plug-in \"vault\" is away");
    client.post("/clusters/globex/api/v1/namespaces", "{\"metadata\":{\"name\":\"default\"}}");
    var refused = client.post(OTHERS, BODY);
    assertThat(refused.code()).isEqualTo(500);
    assertThat(refused.at("reason")).isEqualTo("InternalError");
    assertThat(refused.at("message"))
        .contains("secrets \"default/s\" cannot be encrypted: the KMS plug-in \"vault\" is away");
    assertThat(record("globex")).isEmpty();
    assertThat(client.get(OTHERS + "/s").code()).isEqualTo(404);
    assertThat(client.get("/clusters/acme/api/v1/namespaces/default/configmaps").code())
        .isEqualTo(200);
    assertThat(client.get("/encryption").json().path("keysInTrouble").path("vault:").asString())
        .contains("does not answer (UNAVAILABLE); see that it runs");

    kms.start();
    await(() -> client.get(SECRETS + "/s").code() == 200, "the service's return is noticed");
    assertThat(client.get(SECRETS + "/s").text()).contains("Y29ycmVjdA==");
    await(() -> client.post(OTHERS, BODY).code() == 201, "new tenants go on");
    assertThat(client.get("/encryption").json().path("keysInTrouble").isEmpty()).isTrue();
  }
}
