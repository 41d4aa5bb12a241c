package dev.argosy.store.etcd;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.store.spi.StoredValue;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;

/** One etcd transaction: all conditions, all changes; or else what the keys hold. */
final class EtcdTransaction {

  private final EtcdKeys keys;
  private final List<Change> changes;
  private final ToLongFunction<Duration> leases;
  private final List<Cmp> conditions = new ArrayList<>();
  private final List<Op> writes = new ArrayList<>();
  private final List<Op> reads = new ArrayList<>();

  /**
   * A transaction.
   *
   * @param leases what values with a lifetime are attached to
   */
  EtcdTransaction(EtcdKeys keys, List<Change> changes, ToLongFunction<Duration> leases) {
    this.keys = keys;
    this.leases = leases;
    this.changes = changes;
    changes.forEach(this::add);
  }

  CompletableFuture<TxnResponse> send(KV kv) {
    return kv.txn()
        .If(conditions.toArray(Cmp[]::new))
        .Then(writes.toArray(Op[]::new))
        .Else(reads.toArray(Op[]::new))
        .commit();
  }

  CommitResult result(TxnResponse answer) {
    if (answer.isSucceeded()) {
      return new CommitResult.Committed(answer.getHeader().getRevision());
    }
    Map<ObjectKey, Optional<StoredValue>> current = new HashMap<>();
    for (int i = 0; i < changes.size(); i++) {
      ObjectKey key = changes.get(i).key();
      GetResponse read = answer.getGetResponses().get(i);
      current.put(key, read.getKvs().stream().findFirst().map(kv -> stored(key, kv)));
    }
    return new CommitResult.Conflict(current);
  }

  static StoredValue stored(ObjectKey key, KeyValue kv) {
    return new StoredValue(key, kv.getValue().getBytes(), kv.getModRevision());
  }

  private void add(Change change) {
    ByteSequence key = keys.of(change.key());
    reads.add(Op.get(key, GetOption.DEFAULT));
    switch (change) {
      case Change.Create(ObjectKey k, byte[] value, Duration lifetime) -> {
        expect(key, 0);
        put(key, value, lifetime);
      }
      case Change.Update(ObjectKey k, long revision, byte[] value, Duration lifetime) -> {
        expect(key, existing(revision));
        put(key, value, lifetime);
      }
      case Change.Delete(ObjectKey k, long revision) -> {
        expect(key, existing(revision));
        writes.add(Op.delete(key, DeleteOption.DEFAULT));
      }
      case Change.Check(ObjectKey k, long revision) -> expect(key, revision);
    }
  }

  /** No key ever has revision -1: an update or deletion of nothing never holds. */
  private static long existing(long revision) {
    return revision == 0 ? -1 : revision;
  }

  private void expect(ByteSequence key, long revision) {
    conditions.add(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(revision)));
  }

  private void put(ByteSequence key, byte[] value, Duration lifetime) {
    PutOption option =
        lifetime.isZero()
            ? PutOption.DEFAULT
            : PutOption.builder().withLeaseId(leases.applyAsLong(lifetime)).build();
    writes.add(Op.put(key, ByteSequence.from(value), option));
  }
}
