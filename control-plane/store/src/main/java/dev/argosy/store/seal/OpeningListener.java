package dev.argosy.store.seal;

import dev.argosy.store.spi.StoreEvent;
import dev.argosy.store.spi.StoreWatch;
import dev.argosy.store.spi.StoredValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a listener what a watch tells, in the clear; what concerns keys goes to the keys. */
record OpeningListener(Seals seals, StoreWatch.Listener listener) implements StoreWatch.Listener {

  @Override
  public void events(List<StoreEvent> events) {
    List<StoreEvent> shown = events;
    for (int i = 0; i < events.size(); i++) {
      StoreEvent event = events.get(i);
      StoreEvent next = take(event);
      if (next != event && shown == events) {
        shown = new ArrayList<>(events.subList(0, i));
      }
      if (next != null && shown != events) {
        shown.add(next);
      }
    }
    long revision = events.getLast().revision();
    if (!shown.isEmpty()) {
      listener.events(shown);
    }
    if (shown.isEmpty() || shown.getLast().revision() < revision) {
      listener.progress(revision);
    }
  }

  /** What the listener sees of it; null if nothing. Keys are learned in the order of events. */
  private @Nullable StoreEvent take(StoreEvent event) {
    if (!event.key().resource().group().equals(KeyRecord.RESOURCE.group())) {
      return open(event);
    }
    if (event.key().resource().equals(KeyRecord.RESOURCE)) {
      seals.keys().told(event);
    }
    return null;
  }

  private StoreEvent open(StoreEvent event) {
    return switch (event) {
      case StoreEvent.Put put -> {
        StoredValue opened = seals.open(put.stored());
        yield opened == put.stored() ? put : new StoreEvent.Put(opened);
      }
      case StoreEvent.Deleted deleted -> {
        seals.troubles().clear(deleted.key(), deleted.revision());
        yield deleted;
      }
    };
  }

  @Override
  public void progress(long revision) {
    listener.progress(revision);
  }

  @Override
  public void failed(RuntimeException cause) {
    listener.failed(cause);
  }
}
