package dev.argosy.store.etcd;

import dev.argosy.store.spi.LifetimeContract;
import dev.argosy.store.spi.ResourceStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class EtcdLifetimeTest extends LifetimeContract {

  private static EtcdServer server;
  private static EtcdStore store;

  @BeforeAll
  static void start() {
    server = EtcdServer.start();
    store = new EtcdStore(server.config());
  }

  @AfterAll
  static void stop() {
    store.close();
    server.close();
  }

  @Override
  protected ResourceStore store() {
    return store;
  }

  @Override
  protected void compact(long revision) {
    store.compact(revision);
  }
}
