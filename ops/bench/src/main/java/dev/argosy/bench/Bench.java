package dev.argosy.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the benchmarks named, or all, and prints a table row for each number. */
public final class Bench {

  private Bench() {}

  public static void main(String[] names) throws Exception {
    Map<String, Benchmark> all = new LinkedHashMap<>();
    all.put("store-create", new StoreCreate());
    all.put("watch-fanout", new WatchFanOut());
    all.put("cache-memory", new CacheMemory());
    for (String name : names.length == 0 ? List.copyOf(all.keySet()) : List.of(names)) {
      Benchmark benchmark = all.get(name);
      if (benchmark == null) {
        System.err.println("bench: no benchmark " + name + "; there are " + all.keySet());
        System.exit(2);
        return;
      }
      System.out.println("# " + name);
      benchmark.run(result -> System.out.println(result.row()));
    }
  }
}
