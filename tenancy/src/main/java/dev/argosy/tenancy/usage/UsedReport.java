package dev.argosy.tenancy.usage;

import dev.argosy.model.object.Json;
import dev.argosy.model.use.InstanceUse;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node's report, as {@code usage_report} takes it.
 *
 * @param cores that the node has
 * @param memoryBytes that it has
 */
public record UsedReport(String node, double cores, double memoryBytes, List<UsedPod> pods) {

  public UsedReport {
    pods = List.copyOf(pods);
  }

  String podRows() {
    ArrayNode rows = Json.mapper().createArrayNode();
    for (UsedPod pod : pods) {
      ObjectNode row = rows.addObject().put("uid", pod.uid());
      pod.whose()
          .ifPresent(whose -> {
            UsageTurn.Subject subject = whose.subject();
            row.put("cluster", subject.cluster())
                .put("tenant_uid", subject.tenantUid())
                .put("namespace", subject.namespace())
                .put("name", subject.name());
            whose.labels().forEach(row.putObject("labels")::put);
          });
    }
    return rows.toString();
  }

  String useRows() {
    ArrayNode rows = Json.mapper().createArrayNode();
    for (UsedPod pod : pods) {
      for (InstanceUse use : pod.instances()) {
        rows.addObject()
            .put("uid", pod.uid())
            .put("instance", use.id())
            .put("uptime", use.moment().uptime())
            .put("started_ago", use.moment().startedAgo())
            .put("seen_ago", use.moment().seenAgo())
            .put("ended", use.moment().ended())
            .put("cpu", use.counters().cpuNanos())
            .put("memory", use.counters().memoryBytes())
            .put("received", use.counters().receivedBytes())
            .put("sent", use.counters().sentBytes());
      }
    }
    return rows.toString();
  }
}
