package dev.argosy.agent.pod.config;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pod.view.Quantities;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * The downward API: what a container may know about its pod.
 *
 * @param cpuThousandths the node's allocatable CPU, which stands in for a missing limit
 * @param memoryBytes the node's allocatable memory, likewise
 */
public record FieldValues(
    PodView pod, String podIp, String hostIp, long cpuThousandths, long memoryBytes) {

  public String field(String path) throws ConfigFailure {
    if (path.endsWith("']")) {
      return entry(path);
    }
    return switch (path) {
      case "metadata.name" -> pod.key().name();
      case "metadata.namespace" -> pod.key().namespace();
      case "metadata.uid" -> pod.uid();
      case "metadata.labels" -> lines(pod.metadata().path("labels"));
      case "metadata.annotations" -> lines(pod.metadata().path("annotations"));
      case "spec.nodeName" -> pod.spec().path("nodeName").asString("");
      case "spec.serviceAccountName" -> pod.spec().path("serviceAccountName").asString("");
      case "status.podIP", "status.podIPs" -> podIp;
      case "status.hostIP", "status.hostIPs" -> hostIp;
      default -> throw new ConfigFailure("unsupported fieldPath: " + path);
    };
  }

  /** {@code metadata.labels['app']}. */
  private String entry(String path) throws ConfigFailure {
    int open = path.indexOf("['");
    if (open < 0) {
      throw new ConfigFailure("unsupported fieldPath: " + path);
    }
    String member = path.substring(0, open).replace("metadata.", "");
    String key = path.substring(open + 2, path.length() - 2);
    return pod.metadata().path(member).path(key).asString("");
  }

  private static String lines(JsonNode map) {
    return map.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> e.getKey() + "=\"" + escape(e.getValue().asString("")) + "\"")
        .collect(Collectors.joining("\n"));
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  public String resource(ContainerView container, JsonNode reference) throws ConfigFailure {
    String name = reference.path("resource").asString("");
    String[] parts = name.split("\\.", 2);
    if (parts.length != 2) {
      throw new ConfigFailure("unsupported resource: " + name);
    }
    String quantity = container.tree().path("resources").path(parts[0]).path(parts[1]).asString("");
    boolean cpu = parts[1].equals("cpu");
    boolean limit = parts[0].equals("limits");
    long value =
        !quantity.isEmpty()
            ? cpu ? Quantities.thousandths(quantity) : Quantities.whole(quantity)
            : limit ? (cpu ? cpuThousandths : parts[1].equals("memory") ? memoryBytes : 0) : 0;
    String divisor = reference.path("divisor").asString("");
    long unit =
        divisor.isEmpty() || divisor.equals("0")
            ? cpu ? 1000 : 1
            : cpu ? Quantities.thousandths(divisor) : Quantities.whole(divisor);
    return Long.toString(Math.ceilDiv(value, Math.max(1, unit)));
  }
}
