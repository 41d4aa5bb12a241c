package dev.argosy.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.RecordingListener;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoreWatch;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcdSecurityTest {

  private static final ObjectKey KEY =
      new ObjectKey(new GroupResource("", "configmaps"), "acme", "default", "a");

  private static void works(EtcdConfig config) {
    RecordingListener listener = new RecordingListener();
    try (EtcdStore store = new EtcdStore(config);
        StoreWatch watch = store.watch(0, listener)) {
      CommitResult result = store.commit(List.of(new Change.Create(KEY, new byte[] {'{', '}'})));
      listener.awaitRevision(((CommitResult.Committed) result).revision());
      assertThat(store.get(KEY)).isPresent();
      watch.requestProgress();
    }
  }

  private static void fails(EtcdConfig config) {
    try (EtcdStore store = new EtcdStore(config.withRequestTimeout(Duration.ofSeconds(2)))) {
      assertThatThrownBy(store::currentRevision).isInstanceOf(StoreUnavailableException.class);
    }
  }

  @Test
  void speaksTlsWithItsOwnCertificate(@TempDir Path folder) throws Exception {
    TestCertificates tls = TestCertificates.make(folder);
    try (EtcdServer server =
        EtcdServer.start(
            "--cert-file=" + tls.certificate(),
            "--key-file=" + tls.key(),
            "--client-cert-auth",
            "--trusted-ca-file=" + tls.certificate())) {
      EtcdConfig.Security trusting = EtcdConfig.Security.tls(tls.certificate());
      fails(server.config());
      fails(server.config().withSecurity(trusting));
      works(server.config().withSecurity(trusting.withIdentity(tls.certificate(), tls.key())));
    }
  }

  @Test
  void logsIn() throws Exception {
    try (EtcdServer server = EtcdServer.start()) {
      enableLogin(server.endpoint());
      fails(server.config());
      fails(server.config().withSecurity(EtcdConfig.Security.NONE.withLogin("root", "wrong")));
      works(server.config().withSecurity(EtcdConfig.Security.NONE.withLogin("root", "secret")));
    }
    assertThat(EtcdConfig.Security.NONE.withLogin("root", "secret").toString())
        .doesNotContain("secret");
  }

  private static void enableLogin(URI endpoint) throws Exception {
    ByteSequence root = ByteSequence.from("root", StandardCharsets.UTF_8);
    try (Client client = Client.builder().endpoints(endpoint).build()) {
      client
          .getAuthClient()
          .userAdd(root, ByteSequence.from("secret", StandardCharsets.UTF_8))
          .get();
      client.getAuthClient().userGrantRole(root, root).get();
      client.getAuthClient().authEnable().get();
    }
  }

  @Test
  void defaultsAreAsDocumented() {
    EtcdConfig config = EtcdConfig.of(URI.create("http://127.0.0.1:2379"));
    assertThat(config.prefix()).isEqualTo("/argosy");
    assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.requestTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThatThrownBy(EtcdConfig::of).isInstanceOf(IllegalArgumentException.class);
  }
}
