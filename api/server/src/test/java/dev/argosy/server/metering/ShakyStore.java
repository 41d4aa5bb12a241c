package dev.argosy.server.metering;

import dev.argosy.server.testing.PassingStore;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoredValue;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A store that fails now and then, before or after it did what was asked. */
final class ShakyStore extends PassingStore {

  /** Whether stores fail just now. */
  static final class Mood {
    volatile boolean shaky;
  }

  private final MeteringCrashTest.Witness witness;
  private final Mood mood;

  ShakyStore(ResourceStore store, MeteringCrashTest.Witness witness, Mood mood) {
    super(store);
    this.witness = witness;
    this.mood = mood;
  }

  @Override
  protected void beforeRead() {
    if (mood.shaky && ThreadLocalRandom.current().nextInt(12) == 0) {
      throw new StoreUnavailableException("shaken");
    }
  }

  @Override
  public CommitResult commit(List<Change> changes) {
    beforeRead();
    CommitResult result = super.commit(changes);
    if (result instanceof CommitResult.Committed(long revision)) {
      for (Change change : changes) {
        if (change instanceof Change.Create turn && turn.key().resource().equals(Turns.RESOURCE)) {
          witness.saw(Turns.of(new StoredValue(turn.key(), turn.value(), revision)));
        }
      }
    }
    beforeRead();
    return result;
  }
}
