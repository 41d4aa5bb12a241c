package dev.argosy.bench;

import dev.argosy.bench.agent.AgentChurn;
import dev.argosy.bench.agent.AgentFootprint;
import dev.argosy.bench.agent.AgentPods;
import dev.argosy.bench.agent.AgentStreams;
import dev.argosy.bench.control.ControllerRates;
import dev.argosy.bench.scheduling.SchedulerGrowth;
import dev.argosy.bench.scheduling.SchedulerRates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the benchmarks named, or all, and prints a table row for each number. */
public final class Bench {

  private Bench() {}

  public static void main(String[] names) throws Exception {
    Map<String, Benchmark> all = new LinkedHashMap<>();
    all.put("store-create", new StoreCreate());
    all.put("watch-fanout", new WatchFanOut());
    all.put("cache-memory", new CacheMemory());
    all.put("api-create", new ApiCreate());
    all.put("api-list", new ApiList());
    all.put("api-select", new ApiSelect());
    all.put("api-watch", new ApiWatch());
    all.put("api-apply", new ApiApply());
    all.put("api-custom", new ApiCustom());
    all.put("api-discovery", new ApiDiscovery());
    all.put("api-access", new ApiAccess());
    all.put("api-steps", new ApiSteps());
    all.put("api-fairness", new ApiFairness());
    all.put("api-secrets", new ApiSecrets());
    all.put("api-quota", new ApiQuota());
    all.put("audit-trail", new AuditTrailTimes());
    all.put("tenants", new Tenants(System.getenv()));
    all.put("scheduler", new SchedulerRates(System.getenv()));
    all.put("scheduler-growth", new SchedulerGrowth(System.getenv()));
    all.put("controllers", new ControllerRates(System.getenv()));
    all.put("agent-footprint", new AgentFootprint(System.getenv()));
    all.put("agent-churn", new AgentChurn(System.getenv()));
    all.put("agent-pods", new AgentPods(System.getenv()));
    all.put("agent-streams", new AgentStreams(System.getenv()));
    all.put("pod-start", new PodStart(System.getenv()));
    List<String> chosen = names.length == 0 ? List.copyOf(all.keySet()) : List.of(names);
    boolean complete = true;
    for (String name : chosen) {
      Benchmark benchmark = all.get(name);
      if (benchmark == null) {
        System.err.println("bench: no benchmark " + name + "; there are " + all.keySet());
        System.exit(2);
        return;
      }
      complete &= run(name, benchmark);
    }
    System.exit(complete ? 0 : 1);
  }

  /** Whether what it needs was there. */
  private static boolean run(String name, Benchmark benchmark) throws Exception {
    System.out.println("# " + name);
    Thread guard =
        Thread.ofPlatform().daemon().start(() -> endLate(name, benchmark.limitSeconds()));
    try {
      benchmark.run(result -> System.out.println(result.row()));
      return true;
    } catch (Unavailable e) {
      System.err.println("bench: " + name + ": " + e.getMessage());
      return false;
    } finally {
      guard.interrupt();
    }
  }

  private static void endLate(String name, int limit) {
    try {
      TimeUnit.SECONDS.sleep(limit);
      System.err.println("bench: " + name + " is not done after " + limit + " s; ended");
      System.exit(3);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
