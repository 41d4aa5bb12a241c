package dev.argosy.server.tenant;

import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.ResourceStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PlatformStoreTest extends ResourceStoreContract {

  private static PlatformDatabaseForTests database;
  private static PlatformStore store;

  @BeforeAll
  static void start() throws Exception {
    database = new PlatformDatabaseForTests();
    store = new PlatformStore(database.objects);
  }

  @AfterAll
  static void stop() throws Exception {
    store.close();
    database.close();
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
