package dev.argosy.bench.control;

import dev.argosy.bench.Result;
import dev.argosy.bench.plane.Objects;
import dev.argosy.bench.plane.Plane;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * A namespace full of ConfigMaps, Secrets and pods that wait, from its deletion until it is gone.
 */
final class NamespaceEnd implements Part {

  private static final String NAME = "full";

  @Override
  public String name() {
    return "namespace";
  }

  @Override
  public void run(Sizes sizes, Consumer<Result> out) throws Exception {
    try (Loops loops = new Loops()) {
      Plane plane = loops.plane;
      plane.namespace(Plane.TENANT, NAME, Map.of());
      int pods = sizes.objects() / 5;
      int secrets = sizes.objects() / 5;
      plane.makeAll(scope("secrets"), secrets, n -> text("Secret", "stringData", n));
      plane.makeAll(scope("pods"), pods, n -> Objects.pod("pod-" + n, "", Objects.SMALL, ""));
      plane.makeAll(
          scope("configmaps"), sizes.objects() - pods - secrets, n -> text("ConfigMap", "data", n));
      loops.controllers();
      ObjectKey key = new ObjectKey(Plane.NAMESPACES, Plane.TENANT, "", NAME);
      long start = System.nanoTime();
      Plane.asked(() -> plane.client().delete(key, DeleteOptions.DEFAULT));
      boolean gone =
          Loops.until(sizes.limit(), () -> plane.client().get(key).refusedFor(Reason.NOT_FOUND));
      double seconds = Loops.seconds(start);
      String label =
          String.format(Locale.ROOT, "deletion of a namespace of %,d objects", sizes.objects());
      out.accept(new Result(gone ? label : label + ": NOT done after", seconds, "s", ""));
      if (gone) {
        out.accept(new Result(label, sizes.objects() / seconds, "objects/s", ""));
      }
    }
  }

  private static ResourceScope scope(String resource) {
    return ResourceScope.namespace(new GroupResource("", resource), Plane.TENANT, NAME);
  }

  private static ObjectNode text(String kind, String field, int number) {
    ObjectNode object = Objects.named("v1", kind, "text-" + number);
    object.putObject(field).put("text", "x".repeat(200));
    return object;
  }
}
