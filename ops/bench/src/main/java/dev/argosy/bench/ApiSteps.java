package dev.argosy.bench;

import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.metrics.ClusterMetrics;
import dev.argosy.server.metrics.PrometheusMetrics;
import dev.argosy.server.metrics.RequestMetrics;
import dev.argosy.server.metrics.RequestMetrics.Answered;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.testing.FakeClusters;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What each request pays for being measured, in processor time of one thread. */
final class ApiSteps implements Benchmark {

  private static final int ROUNDS = 5;
  private static final int TIMES = 1_000_000;

  @Override
  public void run(Consumer<Result> out) {
    FakeClusters clusters = new FakeClusters();
    clusters.put("acme", Phase.ACTIVE, Set.of());
    PrometheusMetrics metrics = new PrometheusMetrics();
    RequestMetrics requests =
        new RequestMetrics(
            metrics, BuiltinKinds.load()::ofCluster, new ClusterMetrics(metrics, clusters));
    measure("a get that was answered", requests, answered("get", "GET", "web", 200), out);
    measure("a create that was answered", requests, answered("create", "POST", "", 201), out);
    measure("a get that found nothing", requests, answered("get", "GET", "nosuch", 404), out);
  }

  private static Answered answered(String verb, String method, String name, int code) {
    RequestInfo info =
        new RequestInfo(
            Optional.of("acme"),
            "/api/v1/namespaces/default/pods",
            verb,
            "",
            "v1",
            "default",
            "pods",
            name,
            "",
            "");
    return new Answered("acme", info, method, false, code, 700_000, 1_400);
  }

  private static void measure(
      String what, RequestMetrics requests, Answered answered, Consumer<Result> out) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double nanos = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long start = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < TIMES; i++) {
        requests.answered(answered);
      }
      nanos = (double) (threads.getCurrentThreadCpuTime() - start) / TIMES;
    }
    out.accept(new Result("measuring " + what + ", processor time", nanos, "ns", ""));
  }
}
