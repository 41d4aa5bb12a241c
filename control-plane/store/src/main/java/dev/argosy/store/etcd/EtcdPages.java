package dev.argosy.store.etcd;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.spi.StorePage;
import dev.argosy.store.spi.StoredValue;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads ranges in requests of a few megabytes each, all at one revision. */
final class EtcdPages {

  private static final int FIRST_REQUEST = 128;
  private static final int MOST = 4_096;
  private static final long WANTED_BYTES = 4 << 20;

  private final EtcdKeys keys;
  private final EtcdCalls calls;

  EtcdPages(EtcdKeys keys, EtcdCalls calls) {
    this.keys = keys;
    this.calls = calls;
  }

  StorePage read(
      GroupResource resource, String cluster, long revision, @Nullable ObjectKey after, int limit) {
    ByteSequence start = start(resource, cluster, after);
    ByteSequence end = keys.end(resource, cluster);
    List<StoredValue> values = new ArrayList<>();
    long at = revision;
    long size = FIRST_REQUEST;
    while (true) {
      long wanted = limit == 0 ? size : Math.min(size, limit - values.size());
      GetResponse answer = request(start, end, at, wanted);
      at = at == 0 ? answer.getHeader().getRevision() : at;
      long bytes = add(values, answer.getKvs());
      if (!answer.isMore() || values.size() == limit) {
        return new StorePage(values, at, answer.isMore());
      }
      size = next(answer.getKvs().size(), bytes);
      start = keys.behind(values.getLast().key());
    }
  }

  /** A key before the wanted cluster must not widen the range. */
  private ByteSequence start(GroupResource resource, String cluster, @Nullable ObjectKey after) {
    boolean before = after == null || after.cluster().compareTo(cluster) < 0;
    return after == null || (before && !cluster.isEmpty())
        ? keys.start(resource, cluster)
        : keys.behind(after);
  }

  private GetResponse request(ByteSequence start, ByteSequence end, long revision, long limit) {
    GetOption option =
        GetOption.builder().withRange(end).withRevision(revision).withLimit(limit).build();
    return calls.call(revision, client -> client.getKVClient().get(start, option));
  }

  private long add(List<StoredValue> values, List<KeyValue> found) {
    long bytes = 0;
    for (KeyValue kv : found) {
      StoredValue value = EtcdTransaction.stored(keys.decode(kv.getKey()), kv);
      bytes += value.value().length;
      values.add(value);
    }
    return bytes;
  }

  private static long next(int count, long bytes) {
    return Math.clamp(WANTED_BYTES * count / Math.max(1, bytes), 8, MOST);
  }
}
