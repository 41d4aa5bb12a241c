package dev.argosy.agent.pod.resize;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.Quantities;
import tools.jackson.databind.JsonNode;

/**
 * What a pod takes of its node: the sum of its containers and sidecars, or what an init container
 * needs beside the sidecars before it, whichever is more.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/">resource
 *     sharing within containers</a>
 */
public record PodRequest(long cpuThousandths, long memoryBytes) {

  private static final PodRequest NOTHING = new PodRequest(0, 0);

  public static PodRequest of(PodView pod) {
    return of(pod, "requests");
  }

  /** What a pod may use, likewise; what has no limit counts as nothing. */
  public static PodRequest limits(PodView pod) {
    return of(pod, "limits");
  }

  private static PodRequest of(PodView pod, String amounts) {
    PodRequest sidecars = NOTHING;
    PodRequest most = NOTHING;
    for (ContainerView init : pod.initContainers()) {
      PodRequest own = requests(init.tree().path("resources").path(amounts));
      if (init.sidecar()) {
        sidecars = sidecars.plus(own);
        most = most.atLeast(sidecars);
      } else {
        most = most.atLeast(sidecars.plus(own));
      }
    }
    PodRequest sum = sidecars;
    for (ContainerView container : pod.containers()) {
      sum = sum.plus(requests(container.tree().path("resources").path(amounts)));
    }
    PodRequest whole = ofPod(pod.spec().path("resources").path(amounts), sum.atLeast(most));
    return whole.plus(requests(pod.spec().path("overhead")));
  }

  /** Requests of the pod itself stand above those of its containers. */
  private static PodRequest ofPod(JsonNode requests, PodRequest containers) {
    PodRequest own = requests(requests);
    return new PodRequest(
        requests.has("cpu") ? own.cpuThousandths : containers.cpuThousandths,
        requests.has("memory") ? own.memoryBytes : containers.memoryBytes);
  }

  private static PodRequest requests(JsonNode amounts) {
    return new PodRequest(
        Quantities.thousandths(amounts.path("cpu").asString("")),
        Quantities.whole(amounts.path("memory").asString("")));
  }

  PodRequest plus(PodRequest other) {
    return new PodRequest(cpuThousandths + other.cpuThousandths, memoryBytes + other.memoryBytes);
  }

  private PodRequest atLeast(PodRequest other) {
    return new PodRequest(
        Math.max(cpuThousandths, other.cpuThousandths), Math.max(memoryBytes, other.memoryBytes));
  }

  boolean within(PodRequest other) {
    return cpuThousandths <= other.cpuThousandths && memoryBytes <= other.memoryBytes;
  }
}
