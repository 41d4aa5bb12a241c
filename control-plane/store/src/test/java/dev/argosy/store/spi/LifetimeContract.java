package dev.argosy.store.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change.Create;
import dev.argosy.store.spi.Change.Update;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What a store must do that lets values end by themselves. */
public abstract class LifetimeContract extends StoreScene {

  private static final Duration SHORT = Duration.ofSeconds(1);

  @Test
  void aLifetimeEndsAndWatchesAreTold(TestInfo test) {
    ObjectKey brief = key(test, "brief");
    ObjectKey lasting = key(test, "lasting");
    ObjectKey renewed = key(test, "renewed");
    ObjectKey freed = key(test, "freed");
    long start = store().currentRevision();
    RecordingListener listener = new RecordingListener();
    try (StoreWatch watch = store().watch(start, listener)) {
      create(lasting);
      long second = committed(new Create(renewed, value(renewed, "new"), SHORT));
      committed(new Update(renewed, second, value(renewed, "v2"), Duration.ofHours(1)));
      long third = committed(new Create(freed, value(freed, "new"), SHORT));
      committed(new Update(freed, third, value(freed, "v2")));
      committed(new Create(brief, value(brief, "new"), SHORT));
      assertThat(store().get(brief)).isPresent();

      pass(Duration.ofSeconds(10));
      List<StoreEvent> events = listener.awaitEvents(7);
      assertThat(events.getLast()).isInstanceOf(StoreEvent.Deleted.class);
      assertThat(events.getLast().key()).isEqualTo(brief);
      watch.requestProgress();
    }
    assertThat(store().get(brief)).isEmpty();
    assertThat(store().list(resource(), cluster(test), 0, null, 0).values())
        .extracting(v -> v.key().name())
        .containsExactly("freed", "lasting", "renewed");
    create(brief);
  }
}
