package dev.argosy.bench.control;

import dev.argosy.bench.Result;
import dev.argosy.bench.plane.Effort;
import dev.argosy.bench.plane.Plane;
import dev.argosy.model.kind.GroupResource;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The processor time of a process with controllers and scheduler in which nothing changes, without
 * tenants and with many. A tenant here is a namespace with its account and what controllers make
 * there.
 */
final class IdleTenants implements Part {

  private static final GroupResource CONFIG_MAPS = new GroupResource("", "configmaps");
  private static final int SECONDS = 20;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public void run(Sizes sizes, Consumer<Result> out) throws Exception {
    int tenants = sizes.tenants();
    try (Loops loops = new Loops()) {
      loops.pods(0);
      loops.controllers();
      settle();
      double none = millisEachSecond();
      long heap = Plane.used();
      int before = loops.plane.all(CONFIG_MAPS).size();
      long start = System.nanoTime();
      Plane.each(tenants, n -> loops.plane.tenant("tenant-" + n));
      boolean rest =
          Loops.until(sizes.limit(), () -> loops.plane.all(CONFIG_MAPS).size() >= before + tenants);
      String label = String.format(Locale.ROOT, "%,d tenants, ", tenants);
      String when = rest ? "made, and their controllers rest" : "NOT at rest after";
      out.accept(new Result(label + when, Loops.seconds(start), "s", ""));
      settle();
      double many = millisEachSecond();
      out.accept(new Result("no tenants: processor time", none, "ms each second", ""));
      out.accept(new Result(label + "processor time", many, "ms each second", ""));
      out.accept(
          new Result(
              label + "processor time of one",
              1e3 * (many - none) / tenants,
              "µs each second",
              "0"));
      out.accept(
          new Result(
              label + "heap of one, with its history",
              (Plane.used() - heap) / 1024.0 / tenants,
              "KiB",
              ""));
    }
  }

  /** What was begun comes to its end, and garbage is gone, so that it is not counted. */
  private static void settle() throws InterruptedException {
    TimeUnit.SECONDS.sleep(10);
    Plane.used();
    TimeUnit.SECONDS.sleep(2);
  }

  private static double millisEachSecond() throws InterruptedException {
    Effort effort = Effort.begin("");
    TimeUnit.SECONDS.sleep(SECONDS);
    return effort.millis() / SECONDS;
  }
}
