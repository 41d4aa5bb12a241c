package dev.argosy.bench.control;

import dev.argosy.bench.Result;
import dev.argosy.bench.plane.Effort;
import dev.argosy.bench.plane.Plane;
import dev.argosy.model.object.ObjectKey;
import java.util.Locale;
import java.util.function.Consumer;

/** One Deployment of many pods: made, given another template, scaled to nothing. */
final class BigRollout implements Part {

  @Override
  public String name() {
    return "rollout";
  }

  @Override
  public void run(Sizes sizes, Consumer<Result> out) throws Exception {
    int pods = sizes.pods();
    try (Loops loops = new Loops()) {
      loops.pods(pods + pods / 2);
      loops.controllers();
      String label = String.format(Locale.ROOT, "Deployment of %,d pods, ", pods);
      ObjectKey[] key = new ObjectKey[1];
      timed(
          loops,
          label + "made and available",
          sizes,
          out,
          () ->
              key[0] =
                  loops
                      .create(Loops.DEPLOYMENTS, Plane.TENANT, Loops.deployment("web", pods))
                      .key(),
          () -> loops.rolledOut(key[0], pods));
      timed(
          loops,
          label + "another template",
          sizes,
          out,
          () ->
              loops.patch(
                  key[0],
                  "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"v\":\"2\"}}}}}"),
          () -> loops.rolledOut(key[0], pods));
      timed(
          loops,
          label + "scaled to none",
          sizes,
          out,
          () -> loops.patch(key[0], "{\"spec\":{\"replicas\":0}}"),
          () -> loops.plane.all(Plane.PODS).isEmpty());
    }
  }

  private static void timed(
      Loops loops,
      String label,
      Sizes sizes,
      Consumer<Result> out,
      Runnable action,
      java.util.function.BooleanSupplier done)
      throws InterruptedException {
    Effort effort = Effort.begin("");
    long start = System.nanoTime();
    action.run();
    boolean complete = Loops.until(sizes.limit(), done);
    double seconds = Loops.seconds(start);
    out.accept(new Result(complete ? label : label + ": NOT done after", seconds, "s", ""));
    if (complete) {
      out.accept(new Result(label, sizes.pods() / seconds, "pods/s", ""));
      out.accept(
          new Result(label + ": processor time of a pod", effort.micros(sizes.pods()), "µs", ""));
    } else {
      System.err.println("bench: " + loops.told());
    }
  }
}
