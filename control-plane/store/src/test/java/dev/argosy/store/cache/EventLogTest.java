package dev.argosy.store.cache;

import static dev.argosy.store.cache.Things.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.StoredValue;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {

  private final EventLog log =
      new EventLog(
          new CacheLimits(Duration.ofMinutes(5), 64, Duration.ofMillis(300)), Clock.systemUTC());

  @Test
  void theStateIsShownBeforeItsEvents() {
    log.restart(1, ObjectTree.EMPTY);
    ObjectKey web = pod("acme", "default", "web");
    TreeChange made =
        TreeChange.put(null, Leaf.of(new StoredValue(web, pod(web, "shop", "", ""), 2)));
    List<Long> shown = new ArrayList<>();
    long before = log.ring().head();
    log.append(List.of(made), made.applyTo(ObjectTree.EMPTY), () -> shown.add(log.ring().head()));
    assertThat(shown).containsExactly(before);
    assertThat(log.ring().head()).isEqualTo(before + 1);
  }
}
