package dev.argosy.server.metering;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoreWatch;
import dev.argosy.store.spi.StoredValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A store that fails now and then, before or after it did what was asked. */
final class ShakyStore implements ResourceStore {

  /** Whether stores fail just now. */
  static final class Mood {
    volatile boolean shaky;
  }

  private final ResourceStore store;
  private final MeteringCrashTest.Witness witness;
  private final Mood mood;

  ShakyStore(ResourceStore store, MeteringCrashTest.Witness witness, Mood mood) {
    this.store = store;
    this.witness = witness;
    this.mood = mood;
  }

  private void perhapsFail() {
    if (mood.shaky && ThreadLocalRandom.current().nextInt(12) == 0) {
      throw new StoreUnavailableException("shaken");
    }
  }

  @Override
  public CommitResult commit(List<Change> changes) {
    perhapsFail();
    CommitResult result = store.commit(changes);
    if (result instanceof CommitResult.Committed(long revision)) {
      for (Change change : changes) {
        if (change instanceof Change.Create turn && turn.key().resource().equals(Turns.RESOURCE)) {
          witness.saw(Turns.of(new StoredValue(turn.key(), turn.value(), revision)));
        }
      }
    }
    perhapsFail();
    return result;
  }

  @Override
  public Optional<StoredValue> get(ObjectKey key) {
    perhapsFail();
    return store.get(key);
  }

  @Override
  public StorePage list(
      GroupResource resource, String cluster, long revision, @Nullable ObjectKey after, int limit) {
    perhapsFail();
    return store.list(resource, cluster, revision, after, limit);
  }

  @Override
  public StoreWatch watch(long afterRevision, StoreWatch.Listener listener) {
    return store.watch(afterRevision, listener);
  }

  @Override
  public long currentRevision() {
    return store.currentRevision();
  }

  @Override
  public void close() {
    store.close();
  }
}
