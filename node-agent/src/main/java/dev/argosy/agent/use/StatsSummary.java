package dev.argosy.agent.use;

import dev.argosy.model.object.Json;
import dev.argosy.model.tunnel.PodRef;
import dev.argosy.model.use.Counters;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The newest look and the one before, as a kubelet shows them. Never changes.
 *
 * @see <a href="https://kubernetes.io/docs/reference/instrumentation/node-metrics/">Kubernetes:
 *     node metrics data</a>
 */
record StatsSummary(String node, @Nullable Sample before, @Nullable Sample newest) {

  static StatsSummary nothing(String node) {
    return new StatsSummary(node, null, null);
  }

  StatsSummary next(Sample sample) {
    return new StatsSummary(node, newest, sample);
  }

  Map<String, Map<String, Long>> memory() {
    Map<String, Map<String, Long>> pods = new HashMap<>();
    for (Seen seen : newest == null ? List.<Seen>of() : newest.live()) {
      if (!seen.container().isEmpty()) {
        pods.computeIfAbsent(seen.pod().uid(), uid -> new HashMap<>())
            .merge(seen.container(), seen.counters().memoryBytes(), Long::sum);
      }
    }
    return pods;
  }

  ObjectNode json() {
    ObjectNode json = Json.object();
    ObjectNode machine = json.putObject("node").put("nodeName", node);
    if (newest != null) {
      machine.put("startTime", time(newest.when().at() - newest.when().uptime()));
      figures(machine, newest.machine(), before == null ? null : before.machine());
      Map<String, Counters> earlier = new HashMap<>();
      if (before != null) {
        before.live().forEach(seen -> earlier.put(seen.id(), seen.counters()));
      }
      Map<PodRef, List<Seen>> pods = new LinkedHashMap<>();
      newest
          .live()
          .forEach(seen -> pods.computeIfAbsent(seen.pod(), pod -> new ArrayList<>()).add(seen));
      var list = json.putArray("pods");
      pods.forEach((pod, seen) -> pod(list.addObject(), pod, seen, earlier));
    } else {
      json.putArray("pods");
    }
    return json;
  }

  private void pod(ObjectNode json, PodRef pod, List<Seen> seen, Map<String, Counters> earlier) {
    json.putObject("podRef")
        .put("name", pod.name())
        .put("namespace", pod.namespace())
        .put("uid", pod.uid())
        .put("cluster", pod.cluster());
    long began = seen.stream().mapToLong(one -> one.when().startedAt()).min().orElse(0);
    json.put("startTime", time(began));
    var containers = json.putArray("containers");
    Counters sum = Counters.NONE;
    Counters past = Counters.NONE;
    for (Seen one : seen) {
      Counters then = earlier.getOrDefault(one.id(), one.counters());
      if (one.container().isEmpty()) {
        network(json, one.counters());
      } else {
        ObjectNode container = containers.addObject().put("name", one.container());
        container.put("startTime", time(one.when().startedAt()));
        figures(container, one.counters(), then);
        sum = sum.plus(one.counters());
        past = past.plus(then);
      }
    }
    figures(json, sum, past);
  }

  private void network(ObjectNode json, Counters counters) {
    json.putObject("network")
        .put("time", at())
        .put("name", "eth0")
        .put("rxBytes", counters.receivedBytes())
        .put("txBytes", counters.sentBytes());
  }

  private void figures(ObjectNode json, Counters now, @Nullable Counters then) {
    ObjectNode cpu = json.putObject("cpu").put("time", at());
    if (then != null && before != null && newest != null) {
      long passed = newest.when().uptime() - before.when().uptime();
      if (passed > 0 && now.cpuNanos() >= then.cpuNanos()) {
        double perSecond = (now.cpuNanos() - then.cpuNanos()) * 1000.0 / passed;
        cpu.put("usageNanoCores", Math.round(perSecond));
      }
    }
    cpu.put("usageCoreNanoSeconds", now.cpuNanos());
    json.putObject("memory").put("time", at()).put("workingSetBytes", now.memoryBytes());
  }

  private String at() {
    return newest == null ? "" : time(newest.when().at());
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
