package dev.argosy.bench;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.schema.first.FirstObjects;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.flowcontrol.FlowControl;
import dev.argosy.server.preset.Presets;
import dev.argosy.server.request.QueryParams;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A tenant that asks now and then, alone and beside one that wants 10,000 lists at once and never
 * has enough, over TLS and HTTP/2. The flood is a process of its own: once one that gets only the
 * processor time that nobody else wants, so that it stands for clients on other machines, once as
 * equal, where its clients take processor time from the server too; that is compared with what busy
 * loops of the same priority cost. The quiet client is in the server's process, with threads of its
 * own, and asks in two ways, since one that never pauses takes a processor for itself.
 */
final class ApiFairness implements Benchmark {

  private static final GroupResource MAPS = new GroupResource("", "configmaps");
  private static final int OBJECTS = 500;
  private static final int SEATS = 1_000_000;
  private static final Duration WARM = Duration.ofSeconds(5);

  /**
   * Until most of the refused come back as seldom as they are told to in the end: in 32 seconds.
   */
  private static final Duration SETTLING = Duration.ofSeconds(35);

  private static final Duration TIME = Duration.ofSeconds(20);
  private static final String QUIET = "quiet-token";

  /** How the quiet client asks. */
  private enum Asking {
    AT_ONCE("again at once", Duration.ZERO),
    PACED("every 10 ms", Duration.ofMillis(10));

    private final String text;
    private final long pause;

    Asking(String text, Duration pause) {
      this.text = text;
      this.pause = pause.toNanos();
    }
  }

  private static final String LIST = "/api/v1/namespaces/default/configmaps";
  private static final String LISTS = "/clusters/acme" + LIST;

  @Override
  public int limitSeconds() {
    return 600;
  }

  @Override
  public void run(Consumer<Result> out) throws Exception {
    try (Front front = Front.encrypted(filled(), parts -> {})) {
      front.server.clusters.put("globex", Phase.ACTIVE, Set.of());
      grant(front);
      out.accept(
          new Result(
              "a seat taken and given back, uncontended, processor time", seat(front), "ns", ""));
      measure(front, Asking.AT_ONCE, WARM);
      double[] alone = quiet(front, "alone", out);
      for (boolean yields : new boolean[] {true, false}) {
        double[] busy = besideLoops(front, yields, out);
        beside(front, yields, yields ? alone : busy, out);
      }
    }
  }

  /** The p99 of each way to ask. */
  private static double[] quiet(Front front, String where, Consumer<Result> out) throws Exception {
    double[] p99 = new double[Asking.values().length];
    for (Asking asking : Asking.values()) {
      double[] measured = measure(front, asking, TIME);
      String label = "asks " + asking.text + ", " + where;
      out.accept(new Result(label + ", p50", at(measured, 50), "ms", ""));
      out.accept(new Result(label + ", p99", at(measured, 99), "ms", ""));
      p99[asking.ordinal()] = at(measured, 99);
    }
    return p99;
  }

  private static double[] besideLoops(Front front, boolean yields, Consumer<Result> out)
      throws Exception {
    try (BusyLoops loops = new BusyLoops(yields)) {
      return quiet(front, "beside busy loops of " + priority(yields), out);
    }
  }

  private static String priority(boolean yields) {
    return yields ? "the lowest priority" : "the same priority";
  }

  private static void beside(Front front, boolean yields, double[] without, Consumer<Result> out)
      throws Exception {
    URI lists = front.server.server.localUri().resolve(LISTS);
    String where = "beside 10,000 lists in flight from " + priority(yields);
    try (FloodProcess flood = FloodProcess.start(lists, yields)) {
      measure(front, Asking.AT_ONCE, WARM);
      compare(front, flood, where + ", at its start", without, out);
      measure(front, Asking.PACED, SETTLING);
      compare(front, flood, where + ", settled", without, out);
    }
  }

  /** What the quiet tenant feels of a flood at work, as times of what it had without. */
  private static void compare(
      Front front, FloodProcess flood, String where, double[] without, Consumer<Result> out)
      throws Exception {
    FloodProcess.Count before = flood.count();
    double[] quiet = quiet(front, where, out);
    FloodProcess.Count after = flood.count();
    for (Asking asking : Asking.values()) {
      double times = quiet[asking.ordinal()] / without[asking.ordinal()];
      String label = "asks " + asking.text + ", " + where + ", p99 / without the flood";
      out.accept(new Result(label, times, "", "≤ 2"));
    }
    double seconds = TIME.multipliedBy(Asking.values().length).toSeconds();
    double answered = (after.lists() - before.lists()) / seconds;
    double refused = (after.refusals() - before.refusals()) / seconds;
    out.accept(new Result(where + ", its lists", answered, "/s", ""));
    out.accept(new Result(where + ", its refusals", refused, "/s", ""));
  }

  /** Nanoseconds of processor time for classifying a request and its seat: what each one pays. */
  private static double seat(Front front) {
    FlowControl flow =
        new FlowControl(
            new FlowControl.Basis(
                front.server.caches,
                Presets.NONE,
                front.server.clusters,
                BuiltinKinds.load()::ofCluster),
            FirstObjects.load(),
            new FlowControl.Limits(64, 100),
            System::nanoTime);
    Attributes get =
        new Attributes(
            user("quiet"), "globex", "get", "", "v1", "configmaps", "", "default", "map-1", "/");
    QueryParams none = QueryParams.parse("");
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    double nanos = 0;
    for (int round = 0; round < 5; round++) {
      long start = threads.getCurrentThreadCpuTime();
      for (int i = 0; i < SEATS; i++) {
        flow.enter(get, none).leave();
      }
      nanos = (double) (threads.getCurrentThreadCpuTime() - start) / SEATS;
    }
    return nanos;
  }

  private static MemoryStore filled() {
    MemoryStore store = new MemoryStore();
    String data = "x".repeat(1_000);
    for (String cluster : List.of("acme", "globex")) {
      for (int i = 0; i < OBJECTS; i++) {
        ObjectKey key = new ObjectKey(MAPS, cluster, "default", "map-" + i);
        String json =
            """
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s","namespace":"default",\
            "uid":"%s","creationTimestamp":"2026-01-01T00:00:00Z"},"data":{"a":"%s"}}\
            """
                .formatted(key.name(), cluster + i, data);
        store.commit(List.of(new Change.Create(key, json.getBytes(StandardCharsets.UTF_8))));
      }
    }
    return store;
  }

  private static void grant(Front front) {
    front.server.access.token(QUIET, user("quiet"), "globex");
    for (int i = 0; i < Flood.USERS; i++) {
      front.server.access.token(FloodProcess.TOKENS + i, user("loud-" + i), "acme");
    }
    front.server.access.allow(
        asked -> asked.cluster().equals(asked.user().name().equals("quiet") ? "globex" : "acme"));
  }

  private static UserInfo user(String name) {
    return new UserInfo(name, "", List.of("system:authenticated"), Map.of());
  }

  /**
   * Milliseconds of requests, sorted; from when each was due, so that one that is late makes those
   * behind it late too.
   */
  private static double[] measure(Front front, Asking asking, Duration time) throws Exception {
    HttpClient client = front.client(ForkJoinPool.commonPool());
    URI base = front.server.server.localUri().resolve("/clusters/globex" + LIST + "/");
    double[] millis = new double[100_000];
    int count = 0;
    long begin = System.nanoTime();
    long due = begin;
    while (due - begin < time.toNanos() && count < millis.length) {
      HttpRequest get =
          HttpRequest.newBuilder(base.resolve("map-" + count % OBJECTS))
              .header("Authorization", "Bearer " + QUIET)
              .build();
      int code = client.send(get, BodyHandlers.discarding()).statusCode();
      millis[count++] = (System.nanoTime() - due) / 1e6;
      if (code != 200) {
        throw new IllegalStateException("the quiet tenant was answered " + code);
      }
      due = next(due, asking);
    }
    double[] sorted = Arrays.copyOf(millis, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Waits until the next request is due. */
  private static long next(long due, Asking asking) {
    if (asking.pause == 0) {
      return System.nanoTime();
    }
    long next = due + asking.pause;
    for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    return next;
  }

  private static double at(double[] sorted, int percent) {
    return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
  }
}
