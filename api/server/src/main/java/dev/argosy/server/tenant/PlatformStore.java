package dev.argosy.server.tenant;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.CompactedException;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoreWatch;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.store.spi.Transactions;
import dev.argosy.tenancy.objects.CompactedRevisionException;
import dev.argosy.tenancy.objects.DocumentPage;
import dev.argosy.tenancy.objects.ObjectRepository;
import dev.argosy.tenancy.objects.StoredDocument;
import dev.argosy.tenancy.objects.Write;
import dev.argosy.tenancy.objects.WriteOutcome;
import jakarta.persistence.PersistenceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The store of the platform's own kinds, on PostgreSQL. */
public final class PlatformStore implements ResourceStore {

  /** So many revisions of the past stay readable. */
  private static final long KEPT = 10_000;

  private static final long COMPACT_EVERY = 1_000;

  private final ObjectRepository objects;
  private final Set<PlatformWatch> watches = ConcurrentHashMap.newKeySet();

  public PlatformStore(ObjectRepository objects) {
    this.objects = objects;
  }

  @Override
  public Optional<StoredValue> get(ObjectKey key) {
    return reached(() -> objects.get(key)).map(PlatformStore::value);
  }

  @Override
  public StorePage list(
      GroupResource resource, String cluster, long revision, @Nullable ObjectKey after, int limit) {
    DocumentPage page = reached(() -> objects.list(resource, cluster, revision, after, limit));
    List<StoredValue> values = page.documents().stream().map(PlatformStore::value).toList();
    return new StorePage(values, page.revision(), page.more());
  }

  @Override
  public CommitResult commit(List<Change> changes) {
    Transactions.check(changes);
    long bytes = Transactions.bytes(changes);
    if (bytes > MAX_BYTES) {
      return new CommitResult.TooLarge(bytes);
    }
    List<Write> writes = changes.stream().map(PlatformStore::write).toList();
    return switch (reached(() -> objects.commit(writes))) {
      case WriteOutcome.Committed committed -> {
        watches.forEach(PlatformWatch::wake);
        compactNowAndThen(committed.revision());
        yield new CommitResult.Committed(committed.revision());
      }
      case WriteOutcome.Refused refused -> {
        Map<ObjectKey, Optional<StoredValue>> current = new HashMap<>();
        refused.current().forEach((key, held) -> current.put(key, held.map(PlatformStore::value)));
        yield new CommitResult.Conflict(current);
      }
    };
  }

  private void compactNowAndThen(long revision) {
    if (revision % COMPACT_EVERY == 0 && revision > KEPT) {
      Thread.ofVirtual().name("platform-store-compaction").start(() -> compact(revision - KEPT));
    }
  }

  /** Forgets the past up to a revision. */
  void compact(long upTo) {
    reached(() -> {
      objects.compact(upTo);
      return upTo;
    });
  }

  @Override
  public StoreWatch watch(long afterRevision, StoreWatch.Listener listener) {
    long start = afterRevision == 0 ? currentRevision() : afterRevision;
    PlatformWatch watch = new PlatformWatch(objects, start, listener, watches::remove);
    watches.add(watch);
    watch.start();
    return watch;
  }

  @Override
  public long currentRevision() {
    return reached(objects::currentRevision);
  }

  @Override
  public void close() {
    for (PlatformWatch watch : watches) {
      watch.close();
      watch.awaitEnd();
    }
  }

  private static StoredValue value(StoredDocument stored) {
    return new StoredValue(stored.key(), stored.document(), stored.revision());
  }

  private static Write write(Change change) {
    return switch (change) {
      case Change.Create create -> new Write.Put(create.key(), 0, create.value());
      case Change.Update update ->
          new Write.Put(update.key(), existing(update.expectedRevision()), update.value());
      case Change.Delete delete ->
          new Write.Remove(delete.key(), existing(delete.expectedRevision()));
      case Change.Check check -> new Write.Check(check.key(), check.expectedRevision());
    };
  }

  /** Updates and deletions never hold for an absent key; 0 would stand for one. */
  private static long existing(long expectedRevision) {
    return expectedRevision == 0 ? -1 : expectedRevision;
  }

  /** Speaks the exceptions of the contract. */
  static <T> T reached(Supplier<T> call) {
    try {
      return call.get();
    } catch (CompactedRevisionException e) {
      throw new CompactedException(e.revision());
    } catch (PersistenceException e) {
      throw new StoreUnavailableException("the platform's database did not answer", e);
    } catch (IllegalStateException e) {
      throw new StoreUnavailableException("the platform's database was closed", e);
    }
  }
}
