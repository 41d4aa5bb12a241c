package dev.argosy.agent.pod.room;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.Quantities;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a pod asks of its node, of every resource: the sum of its containers and sidecars, or what
 * an init container needs beside the sidecars before it, whichever is more.
 *
 * @param amounts by resource: thousandths of processors, bytes, or pieces; none is 0
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/">resource
 *     sharing within containers</a>
 */
public record Demand(Map<String, Long> amounts) {

  static final String CPU = "cpu";
  static final String PODS = "pods";

  private static final Demand NOTHING = new Demand(Map.of());

  public Demand {
    amounts = Map.copyOf(amounts);
  }

  /** Of a pod, which is one of {@code pods} itself. */
  public static Demand of(PodView pod) {
    Demand sidecars = NOTHING;
    Demand most = NOTHING;
    for (ContainerView init : pod.initContainers()) {
      Demand own = of(init.resources().path("requests"));
      most = most.atLeast(sidecars.plus(own));
      if (init.sidecar()) {
        sidecars = sidecars.plus(own);
      }
    }
    Demand sum = sidecars;
    for (ContainerView container : pod.containers()) {
      sum = sum.plus(of(container.resources().path("requests")));
    }
    return sum.atLeast(most)
        .replacedBy(of(pod.spec().path("resources").path("requests")))
        .plus(of(pod.spec().path("overhead")))
        .plus(new Demand(Map.of(PODS, 1L)));
  }

  /** Of quantities as they are written. */
  public static Demand of(JsonNode quantities) {
    Map<String, Long> amounts = new HashMap<>();
    quantities
        .properties()
        .forEach(e -> {
          long amount = amount(e.getKey(), e.getValue().asString(""));
          if (amount > 0) {
            amounts.put(e.getKey(), amount);
          }
        });
    return new Demand(amounts);
  }

  private static long amount(String resource, String quantity) {
    return resource.equals(CPU) ? Quantities.thousandths(quantity) : Quantities.whole(quantity);
  }

  long of(String resource) {
    return amounts.getOrDefault(resource, 0L);
  }

  Demand plus(Demand other) {
    Map<String, Long> sum = new HashMap<>(amounts);
    other.amounts.forEach((name, amount) -> sum.merge(name, amount, Long::sum));
    return new Demand(sum);
  }

  private Demand atLeast(Demand other) {
    Map<String, Long> most = new HashMap<>(amounts);
    other.amounts.forEach((name, amount) -> most.merge(name, amount, Math::max));
    return new Demand(most);
  }

  /** Requests of the pod itself stand above those of its containers. */
  private Demand replacedBy(Demand ofPod) {
    Map<String, Long> all = new HashMap<>(amounts);
    all.putAll(ofPod.amounts);
    return new Demand(all);
  }
}
