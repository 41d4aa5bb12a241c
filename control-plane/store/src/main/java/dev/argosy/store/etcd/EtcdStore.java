package dev.argosy.store.etcd;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.ResourceStore;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.StoreWatch;
import dev.argosy.store.spi.StoredValue;
import dev.argosy.store.spi.Transactions;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.options.GetOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@link ResourceStore} on etcd. The connection is made with the first call. */
public final class EtcdStore implements ResourceStore {

  private static final GetOption COUNT = GetOption.builder().withCountOnly(true).build();

  private final EtcdConnection connection;
  private final EtcdKeys keys;
  private final EtcdCalls calls;
  private final EtcdPages pages;
  private final EtcdLeases leases;

  public EtcdStore(EtcdConfig config) {
    this.connection = new EtcdConnection(config);
    this.keys = new EtcdKeys(config.prefix());
    this.calls = new EtcdCalls(connection, config.requestTimeout());
    this.pages = new EtcdPages(keys, calls);
    this.leases =
        new EtcdLeases(
            seconds -> calls.call(0, client -> client.getLeaseClient().grant(seconds)).getID(),
            System::nanoTime);
  }

  @Override
  public Optional<StoredValue> get(ObjectKey key) {
    ByteSequence wanted = keys.of(key);
    return calls.call(0, client -> client.getKVClient().get(wanted)).getKvs().stream()
        .findFirst()
        .map(kv -> EtcdTransaction.stored(key, kv));
  }

  @Override
  public StorePage list(
      GroupResource resource, String cluster, long revision, @Nullable ObjectKey after, int limit) {
    return pages.read(resource, cluster, revision, after, limit);
  }

  @Override
  public CommitResult commit(List<Change> changes) {
    Transactions.check(changes);
    long bytes = Transactions.bytes(changes);
    if (bytes > MAX_BYTES) {
      return new CommitResult.TooLarge(bytes);
    }
    try {
      return send(changes);
    } catch (StoreUnavailableException e) {
      if (e.getCause() != null && EtcdCalls.isLeaseGone(e.getCause())) {
        leases.forget();
        return send(changes);
      }
      if (e.getCause() != null && EtcdCalls.isTooLarge(e.getCause())) {
        return new CommitResult.TooLarge(bytes);
      }
      throw e;
    }
  }

  private CommitResult send(List<Change> changes) {
    EtcdTransaction transaction = new EtcdTransaction(keys, changes, leases::of);
    return transaction.result(calls.call(0, client -> transaction.send(client.getKVClient())));
  }

  @Override
  public StoreWatch watch(long afterRevision, StoreWatch.Listener listener) {
    long start = afterRevision == 0 ? currentRevision() : afterRevision;
    return new EtcdWatch(connection, keys, start, listener).start();
  }

  @Override
  public long currentRevision() {
    return calls
        .call(0, client -> client.getKVClient().get(keys.fence(), COUNT))
        .getHeader()
        .getRevision();
  }

  /** Writes the fence; answers the revision that this took. */
  long writeFence() {
    return calls
        .call(0, client -> client.getKVClient().put(keys.fence(), ByteSequence.EMPTY))
        .getHeader()
        .getRevision();
  }

  /** Forgets history below a revision; nothing happens if that is forgotten already. */
  void compact(long revision) {
    try {
      calls.call(revision, client -> client.getKVClient().compact(revision));
    } catch (dev.argosy.store.spi.CompactedException e) {
      // another server was faster
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
