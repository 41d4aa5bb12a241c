package dev.argosy.scheduler.filter;

import dev.argosy.model.quantity.Quantity;
import dev.argosy.scheduler.node.Taint;
import dev.argosy.scheduler.pod.HostPort;

/** One thing that a node lacks for a pod, as a filter sees it. */
public sealed interface Lack {

  /** The filter, as Kubernetes calls its plugin. */
  String filter();

  /** For people. */
  String message();

  /** From 0 (almost nothing) to 1: how much of what the pod wants is missing. */
  default double share() {
    return 1;
  }

  /**
   * Not enough of a resource is left.
   *
   * @param wanted what the pod asks for; thousandths of a core of {@code cpu}, else units
   * @param missing by how much that is too much, of the same
   */
  record Amount(String filter, String resource, long wanted, long missing) implements Lack {

    /** How much is missing, as in a resource list. */
    public String quantity() {
      return text(resource, missing);
    }

    @Override
    public String message() {
      return quantity() + " more " + resource;
    }

    @Override
    public double share() {
      return Math.min(1, (double) missing / Math.max(1, wanted));
    }

    /** An amount of a resource in the form that it has in resource lists. */
    public static String text(String resource, long amount) {
      return switch (resource) {
        case "cpu" -> Quantity.ofMillis(amount).toString();
        case "memory", "ephemeral-storage" -> Quantity.ofBytes(amount).toString();
        default -> Quantity.ofUnits(amount).toString();
      };
    }
  }

  /** The pod does not tolerate a taint. */
  record Toleration(String filter, Taint taint) implements Lack {
    @Override
    public String message() {
      String value = taint.value().isEmpty() ? "" : "=" + taint.value();
      return "a toleration of the taint " + taint.key() + value + ":" + taint.effect();
    }
  }

  /** The node has not the label that the pod's node selector wants. */
  record Label(String filter, String key, String value) implements Lack {
    @Override
    public String message() {
      return "the label " + key + "=" + value;
    }
  }

  /** Another pod has the port. */
  record Port(String filter, HostPort port) implements Lack {
    @Override
    public String message() {
      return "the free host port " + port.port() + "/" + port.protocol();
    }
  }

  /** Something else, in the words of the filter. */
  record Other(String filter, String message) implements Lack {}
}
