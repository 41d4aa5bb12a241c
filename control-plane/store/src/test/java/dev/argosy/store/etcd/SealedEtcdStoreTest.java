package dev.argosy.store.etcd;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.store.seal.SealConfig;
import dev.argosy.store.seal.Sealing;
import dev.argosy.store.seal.spi.FakeKeyService;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.ResourceStoreContract;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on etcd with one of its resources sealed. */
class SealedEtcdStoreTest extends ResourceStoreContract {

  private static EtcdServer server;
  private static EtcdStore below;
  private static Sealing sealing;

  @BeforeAll
  static void start() {
    server = EtcdServer.start();
    below = new EtcdStore(server.config());
    sealing =
        Sealing.open(
            below,
            new FakeKeyService(),
            new SealConfig(Set.of(new GroupResource("", "configmaps")), "s", Duration.ofHours(1)),
            Clock.systemUTC());
  }

  @AfterAll
  static void stop() {
    sealing.close();
    below.close();
    server.close();
  }

  @Override
  protected ResourceStore store() {
    return sealing.store();
  }

  @Override
  protected void compact(long revision) {
    below.compact(revision);
  }
}
