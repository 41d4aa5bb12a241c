package dev.argosy.bench.control;

import dev.argosy.bench.Result;
import dev.argosy.bench.plane.Plane;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Many small Deployments, all made and all changed at once. */
final class ManyRollouts implements Part {

  private static final String CHANGE =
      "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"v\":\"2\"}}}}}";

  @Override
  public String name() {
    return "deployments";
  }

  @Override
  public void run(Sizes sizes, Consumer<Result> out) throws Exception {
    int count = sizes.deployments();
    try (Loops loops = new Loops()) {
      loops.pods(3 * count);
      loops.controllers();
      List<ObjectKey> keys = new ArrayList<>();
      for (int n = 0; n < count; n++) {
        keys.add(new ObjectKey(Loops.DEPLOYMENTS, Plane.TENANT, "default", "web-" + n));
      }
      long start = System.nanoTime();
      Plane.each(
          count,
          n -> loops.create(Loops.DEPLOYMENTS, Plane.TENANT, Loops.deployment("web-" + n, 1)));
      report("made and available", loops, keys, start, sizes, out);
      start = System.nanoTime();
      Plane.each(count, n -> loops.patch(keys.get(n), CHANGE));
      report("all changed at once", loops, keys, start, sizes, out);
    }
  }

  private static void report(
      String what, Loops loops, List<ObjectKey> keys, long start, Sizes sizes, Consumer<Result> out)
      throws InterruptedException {
    List<ObjectKey> left = new ArrayList<>(keys);
    boolean done =
        Loops.until(
            sizes.limit(),
            () -> {
              while (!left.isEmpty() && loops.rolledOut(left.getLast(), 1)) {
                left.removeLast();
              }
              return left.isEmpty();
            });
    double seconds = Loops.seconds(start);
    String label = String.format(Locale.ROOT, "%,d Deployments of a pod, %s", keys.size(), what);
    out.accept(new Result(done ? label : label + ": NOT done after", seconds, "s", ""));
    if (done) {
      out.accept(new Result(label, keys.size() / seconds, "/s", ""));
    }
  }
}
