package dev.argosy.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.store.cache.StoreCaches;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PlatformStoreCachesTest {

  private static PlatformDatabaseForTests database;

  @BeforeAll
  static void start() throws Exception {
    database = new PlatformDatabaseForTests();
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
  }

  private static byte[] bytes(String kind, String name, String rest) {
    return ("{\"apiVersion\":\"tenancy.argosy.dev/v1\",\"kind\":\"%s\",\"metadata\":{\"name\":\"%s\"},%s}"
            .formatted(kind, name, rest))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theDirectoryFollowsTheRows() throws Exception {
    try (PlatformStore store = new PlatformStore(database.objects);
        StoreCaches caches = new StoreCaches(store);
        TenantDirectory directory = new TenantDirectory(caches, java.time.Clock.systemUTC())) {
      directory.start(Duration.ofSeconds(20));
      ObjectKey key = new ObjectKey(Tenant.RESOURCE, "root", "", "acme");
      store.commit(
          List.of(
              new Change.Create(
                  key,
                  bytes(
                      "Tenant",
                      "acme",
                      "\"spec\":{\"nodePools\":[\"gold\"]},\"status\":{\"phase\":\"Active\"}"))));
      store.commit(
          List.of(
              new Change.Create(
                  new ObjectKey(Member.RESOURCE, "root", "", "m"),
                  bytes(
                      "Member",
                      "m",
                      "\"spec\":{\"tenant\":\"acme\",\"role\":\"admin\",\"subject\":{\"kind\":\"User\",\"name\":\"ann\"}}"))));
      UserInfo ann = new UserInfo("ann", "", List.of(), Map.of());
      await(() -> directory.homeOf(ann).isPresent());
      assertThat(directory.homeOf(ann)).contains("acme");
      assertThat(directory.find("acme"))
          .hasValueSatisfying(cluster -> {
            assertThat(cluster.phase()).isEqualTo(ClusterDirectory.Phase.ACTIVE);
            assertThat(cluster.nodePools()).containsExactly("gold");
          });
      long revision = store.get(key).map(StoredValue::revision).orElseThrow();
      assertThat(store.commit(List.of(new Change.Delete(key, revision))))
          .isInstanceOf(CommitResult.Committed.class);
      await(() -> directory.find("acme").isEmpty());
    }
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }
}
