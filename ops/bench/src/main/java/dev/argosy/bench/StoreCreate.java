package dev.argosy.bench;

import dev.argosy.model.object.ObjectKey;
import dev.argosy.store.cache.StoreCaches;
import dev.argosy.store.cache.WatchCache;
import dev.argosy.store.etcd.EtcdServer;
import dev.argosy.store.etcd.EtcdStore;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Creates through the store against plain puts of the same bytes, in turns, on one etcd. */
final class StoreCreate implements Benchmark {

  private static final int COUNT = 10_000;
  private static final int THREADS = 64;
  private static final int ROUNDS = 3;

  @Override
  public void run(Consumer<Result> out) throws Exception {
    try (EtcdServer server = EtcdServer.start();
        EtcdStore store = new EtcdStore(server.config());
        Client raw = Client.builder().endpoints(server.endpoint()).build();
        StoreCaches caches = new StoreCaches(store)) {
      WatchCache cache = caches.of(Pods.PODS);
      double puts = 0;
      double transactions = 0;
      double creates = 0;
      double seen = 0;
      for (int round = 0; round <= ROUNDS; round++) {
        int base = round * 10 * COUNT;
        double put = Load.perSecond(COUNT, THREADS, n -> put(raw, base + n));
        double transaction = Load.perSecond(COUNT, THREADS, n -> transact(raw, base + n));
        double create = Load.perSecond(COUNT, THREADS, n -> create(store, base + n));
        double visible = Load.perSecond(COUNT, THREADS, n -> see(cache, store, base + COUNT + n));
        if (round > 0) {
          puts += put / ROUNDS;
          transactions += transaction / ROUNDS;
          creates += create / ROUNDS;
          seen += visible / ROUNDS;
        }
      }
      out.accept(new Result("raw jetcd puts, 2 kB, 64 at once", puts, "/s", ""));
      out.accept(new Result("raw jetcd put-if-absent", transactions, "/s", ""));
      out.accept(new Result("creates through the store", creates, "/s", ""));
      out.accept(new Result("creates, each awaited in the watch cache", seen, "/s", ""));
      out.accept(new Result("creates / raw put-if-absent", creates / transactions, "", ""));
      out.accept(new Result("creates / raw puts", creates / puts, "", "≥ 0.6 (through the API)"));
      out.accept(
          new Result("awaited creates / raw puts", seen / puts, "", "≥ 0.6 (through the API)"));
    }
  }

  private static void put(Client raw, int number) {
    ObjectKey key = Pods.key(number);
    raw.getKVClient()
        .put(
            ByteSequence.from("/raw/" + key, StandardCharsets.UTF_8),
            ByteSequence.from(Pods.json(key, number)))
        .join();
  }

  private static void transact(Client raw, int number) {
    ObjectKey object = Pods.key(number);
    ByteSequence key = ByteSequence.from("/txn/" + object, StandardCharsets.UTF_8);
    ByteSequence value = ByteSequence.from(Pods.json(object, number));
    raw.getKVClient()
        .txn()
        .If(new Cmp(key, Cmp.Op.EQUAL, CmpTarget.modRevision(0)))
        .Then(Op.put(key, value, PutOption.DEFAULT))
        .commit()
        .join();
  }

  private static long create(EtcdStore store, int number) {
    ObjectKey key = Pods.key(number);
    Change change = new Change.Create(key, Pods.json(key, number));
    return ((CommitResult.Committed) store.commit(List.of(change))).revision();
  }

  private static void see(WatchCache cache, EtcdStore store, int number) {
    if (!cache.awaitRevision(create(store, number), Duration.ofSeconds(10))) {
      throw new IllegalStateException("not seen in ten seconds: " + number);
    }
  }
}
