package dev.argosy.agent.pod.resize;

import dev.argosy.agent.pod.view.Quantities;
import tools.jackson.databind.JsonNode;

/**
 * A container's {@code resources} in numbers; 0 stands for none. Equal sizes may be written
 * differently.
 */
public record ContainerSize(
    long cpuRequestThousandths,
    long cpuLimitThousandths,
    long memoryRequestBytes,
    long memoryLimitBytes) {

  public static ContainerSize of(JsonNode resources) {
    return new ContainerSize(
        Quantities.thousandths(text(resources, "requests", "cpu")),
        Quantities.thousandths(text(resources, "limits", "cpu")),
        Quantities.whole(text(resources, "requests", "memory")),
        Quantities.whole(text(resources, "limits", "memory")));
  }

  private static String text(JsonNode resources, String amounts, String resource) {
    return resources.path(amounts).path(resource).asString("");
  }

  boolean sameCpu(ContainerSize other) {
    return cpuRequestThousandths == other.cpuRequestThousandths
        && cpuLimitThousandths == other.cpuLimitThousandths;
  }

  boolean sameMemory(ContainerSize other) {
    return memoryRequestBytes == other.memoryRequestBytes
        && memoryLimitBytes == other.memoryLimitBytes;
  }

  /** Whether this limits memory more than the other. */
  public boolean lowersMemoryLimitOf(ContainerSize other) {
    return memoryLimitBytes > 0
        && (other.memoryLimitBytes == 0 || memoryLimitBytes < other.memoryLimitBytes);
  }
}
