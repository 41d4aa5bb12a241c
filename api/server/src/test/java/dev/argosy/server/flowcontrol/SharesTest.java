package dev.argosy.server.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.schema.first.FirstObjects;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.preset.Presets;
import dev.argosy.server.request.QueryParams;
import dev.argosy.server.testing.FakeClusters;
import dev.argosy.store.cache.CacheLimits;
import dev.argosy.store.cache.StoreCaches;
import dev.argosy.store.memory.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is known of clusters while they are in use, and no longer. */
class SharesTest {

  private static final QueryParams NO_QUERY = QueryParams.parse("");

  private final MemoryStore store = new MemoryStore();
  private final StoreCaches caches = new StoreCaches(store, CacheLimits.DEFAULT, Clock.systemUTC());
  private final FakeClusters clusters = new FakeClusters();
  private final AtomicLong nanos = new AtomicLong(42);
  private final FlowControl flow =
      new FlowControl(
          new FlowControl.Basis(caches, Presets.NONE, clusters, BuiltinKinds.load()::ofCluster),
          FirstObjects.load(),
          new FlowControl.Limits(64, 100),
          nanos::get);

  @AfterEach
  void close() {
    caches.close();
    store.close();
  }

  private Passage enter(String cluster, String user, String... groups) {
    UserInfo who = new UserInfo(user, "", List.of(groups), Map.of());
    return flow.enter(
        new Attributes(who, cluster, "get", "", "v1", "pods", "", "default", "a", "/"), NO_QUERY);
  }

  private void make(int count) {
    for (int i = 0; i < count; i++) {
      clusters.put("t" + i, Phase.ACTIVE, Set.of());
    }
  }

  @Test
  void idleTenantsAreForgotten() {
    make(1000);
    for (int i = 0; i < 999; i++) {
      enter("t" + i, "dev", "system:authenticated").leave();
    }
    assertThat(flow.clustersInUse()).isEqualTo(999);
    Passage busy = enter("t5", "dev", "system:authenticated");
    nanos.addAndGet(Duration.ofMinutes(10).toNanos());
    enter("t999", "dev", "system:authenticated").leave();
    assertThat(flow.clustersInUse()).isEqualTo(2);
    busy.leave();
  }

  @Test
  void clustersThatDoNotExistAreOne() {
    for (int i = 0; i < 100; i++) {
      enter("none-" + i, "dev", "system:authenticated").leave();
    }
    assertThat(flow.clustersInUse()).isEqualTo(1);
  }

  @Test
  void whatIsNotLoadedIsAsInANewCluster() {
    make(1);
    assertThat(enter("t0", "a", "system:masters").flow().name()).isEqualTo("exempt");
    assertThat(
            enter("t0", "system:serviceaccount:kube-system:x", "system:serviceaccounts")
                .flow()
                .name())
        .isEqualTo("kube-system-service-accounts");
    assertThat(
            enter("t0", "system:serviceaccount:default:x", "system:serviceaccounts").flow().name())
        .isEqualTo("service-accounts");
    assertThat(enter("t0", "dev", "system:authenticated").flow().name())
        .isEqualTo("global-default");
    assertThat(enter("t0", "nobody").flow().name()).isEqualTo("catch-all");
  }
}
