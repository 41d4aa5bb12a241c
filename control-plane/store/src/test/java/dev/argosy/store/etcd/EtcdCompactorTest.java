package dev.argosy.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.store.spi.CompactedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What of etcd's history is kept, and for whom. */
class EtcdCompactorTest {

  private static final GroupResource MAPS = new GroupResource("", "configmaps");
  private static final Duration HISTORY = Duration.ofMinutes(5);

  @Test
  void aReaderThatIsBehindHoldsItBackButNotForEver() {
    try (EtcdServer etcd = EtcdServer.start();
        EtcdStore store = new EtcdStore(etcd.config())) {
      AtomicLong position = new AtomicLong();
      EtcdCompactor.Reader reader = new EtcdCompactor.Reader(position::get, Duration.ofMinutes(15));
      EtcdCompactor compactor = new EtcdCompactor(store, HISTORY, reader);
      long first = store.currentRevision();
      for (int round = 0; round < 5; round++) {
        compactor.round();
      }
      store.list(MAPS, "", first, null, 1); // still there
      long read = store.currentRevision();
      compactor.round();
      position.set(read);
      compactor.round();
      assertThatThrownBy(() -> store.list(MAPS, "", first, null, 1))
          .isInstanceOf(CompactedException.class);
      store.list(MAPS, "", read, null, 1);
      for (int round = 0; round < 6; round++) {
        compactor.round();
      }
      assertThatThrownBy(() -> store.list(MAPS, "", read, null, 1))
          .isInstanceOf(CompactedException.class);
    }
  }

  @Test
  void withoutAReaderTwoRoundsAreKept() {
    try (EtcdServer etcd = EtcdServer.start();
        EtcdStore store = new EtcdStore(etcd.config())) {
      EtcdCompactor compactor = new EtcdCompactor(store, HISTORY);
      long first = store.currentRevision();
      compactor.round();
      compactor.round();
      assertThat(store.list(MAPS, "", first, null, 1).values()).isEmpty();
      compactor.round();
      assertThatThrownBy(() -> store.list(MAPS, "", first, null, 1))
          .isInstanceOf(CompactedException.class);
    }
  }
}
