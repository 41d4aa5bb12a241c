package dev.argosy.scheduler.share;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.node.PoolGrants;
import dev.argosy.model.object.ObjectKey;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GuaranteesTest {

  private final Guarantees guarantees = new Guarantees();

  private static QuotaView quota(String name, String tenant, Map<String, Long> guaranteed) {
    ObjectKey key = new ObjectKey(QuotaView.ALL.scope().resource(), "root", "", name);
    return new QuotaView(key, tenant, guaranteed);
  }

  private void below(String tenant, String parent) {
    guarantees.put(new PoolGrants.Grant(tenant, Set.of(), false, parent));
  }

  @Test
  void ofSeveralQuotasTheLargestCounts() {
    guarantees.put(quota("a", "acme", Map.of("cpu", 2L, "memory", 5L)));
    guarantees.put(quota("b", "acme", Map.of("cpu", 3L)));
    assertThat(guarantees.of("acme")).isEqualTo(Map.of("cpu", 3L, "memory", 5L));
    guarantees.remove(quota("b", "acme", Map.of()));
    assertThat(guarantees.of("acme")).isEqualTo(Map.of("cpu", 2L, "memory", 5L));
  }

  @Test
  void whatIsGuaranteedBelowIsNotTheParentsOwn() {
    below("wing", "house");
    below("room", "wing");
    below("annex", "house");
    guarantees.put(quota("h", "house", Map.of("cpu", 10L, "memory", 7L)));
    guarantees.put(quota("w", "wing", Map.of("cpu", 3L)));
    guarantees.put(quota("r", "room", Map.of("cpu", 4L)));
    assertThat(guarantees.of("house")).isEqualTo(Map.of("cpu", 6L, "memory", 7L));
    assertThat(guarantees.of("wing")).isEqualTo(Map.of("cpu", 0L));
    assertThat(guarantees.of("room")).isEqualTo(Map.of("cpu", 4L));
    assertThat(guarantees.of("annex")).isEmpty();
    below("room", "");
    assertThat(guarantees.of("house")).isEqualTo(Map.of("cpu", 7L, "memory", 7L));
  }

  @Test
  void tenantsThatAreAboveEachOtherHangNothing() {
    below("a", "b");
    below("b", "a");
    guarantees.put(quota("q", "a", Map.of("cpu", 4L)));
    assertThat(guarantees.of("a")).containsKey("cpu");
  }

  @Test
  void onlyNewsIsNews() {
    assertThat(guarantees.put(quota("q", "a", Map.of()))).isFalse();
    assertThat(guarantees.put(quota("q", "a", Map.of("cpu", 4L)))).isTrue();
    assertThat(guarantees.put(quota("q", "a", Map.of("cpu", 4L)))).isFalse();
    assertThat(guarantees.put(new PoolGrants.Grant("a", Set.of(), false, ""))).isFalse();
    assertThat(guarantees.put(quota("q", "a", Map.of()))).isTrue();
    assertThat(guarantees.of("a")).isEmpty();
  }

  @Test
  void namesOfQuotasAreReadAsThoseOfNodes() {
    Stage stage = new Stage();
    stage.guarantee(
        "a",
        "cpu=1 requests.cpu=1500m requests.memory=1Ki count/pods=7 requests.nvidia.com/gpu=2"
            + " limits.cpu=9 count/secrets=4 requests.storage=5");
    assertThat(stage.quotas.values())
        .extracting(QuotaView::guaranteed)
        .containsExactly(Map.of("cpu", 1500L, "memory", 1024L, "pods", 7L, "nvidia.com/gpu", 2L));
  }
}
