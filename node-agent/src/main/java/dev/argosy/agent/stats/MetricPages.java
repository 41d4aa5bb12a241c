package dev.argosy.agent.stats;

import dev.argosy.agent.metric.MetricText;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What the node and its containers use, as Prometheus reads it. Pods of two tenants may bear the
 * same name in namespaces of the same name, so each series says its cluster.
 */
final class MetricPages {

  private static final double NANOS = 1e9;
  private static final List<String> CONTAINER = List.of("cluster", "namespace", "pod", "container");
  private static final List<String> CADVISOR =
      List.of("cluster", "namespace", "pod", "container", "image", "id", "name");
  private static final List<String> NETWORK = List.of("cluster", "namespace", "pod", "interface");

  private MetricPages() {}

  /** Kubelet's {@code /metrics/resource}. */
  static void resource(NodeReading node, MetricText text) {
    MachineReading machine = node.machine();
    one(text, "node_cpu_usage_seconds_total", "counter", machine.cpuNanos() / NANOS);
    one(text, "node_memory_working_set_bytes", "gauge", machine.memory().workingSet());
    one(text, "node_swap_usage_bytes", "gauge", machine.memory().swap());
    perContainer(text, node, "container_cpu_usage_seconds_total", "counter", c -> cpu(c) / NANOS);
    perContainer(
        text, node, "container_memory_working_set_bytes", "gauge", MetricPages::workingSet);
    perContainer(
        text,
        node,
        "container_start_time_seconds",
        "gauge",
        c -> c.startedAt().toEpochMilli() / 1e3);
    perContainer(text, node, "container_swap_usage_bytes", "gauge", c -> c.group().memory().swap());
    perPod(text, node, "pod_cpu_usage_seconds_total", "counter", c -> cpu(c) / NANOS);
    perPod(text, node, "pod_memory_working_set_bytes", "gauge", MetricPages::workingSet);
    perPod(text, node, "pod_swap_usage_bytes", "gauge", c -> c.group().memory().swap());
    one(text, "resource_scrape_error", "gauge", 0);
  }

  /** Kubelet's {@code /metrics/cadvisor}. */
  static void cadvisor(NodeReading node, int cpus, MetricText text) {
    one(text, "machine_cpu_cores", "gauge", cpus);
    one(text, "machine_memory_bytes", "gauge", node.machine().memory().all());
    each(text, node, "container_cpu_usage_seconds_total", "counter", c -> cpu(c) / NANOS);
    each(
        text,
        node,
        "container_cpu_user_seconds_total",
        "counter",
        c -> c.group().cpu().userNanos() / NANOS);
    each(
        text,
        node,
        "container_cpu_system_seconds_total",
        "counter",
        c -> c.group().cpu().systemNanos() / NANOS);
    each(text, node, "container_cpu_cfs_periods_total", "counter", c -> c.group().cpu().periods());
    each(
        text,
        node,
        "container_cpu_cfs_throttled_periods_total",
        "counter",
        c -> c.group().cpu().throttled());
    each(
        text,
        node,
        "container_cpu_cfs_throttled_seconds_total",
        "counter",
        c -> c.group().cpu().heldNanos() / NANOS);
    memory(node, text);
    each(text, node, "container_fs_reads_bytes_total", "counter", c -> c.group().io().read());
    each(text, node, "container_fs_writes_bytes_total", "counter", c -> c.group().io().written());
    each(text, node, "container_processes", "gauge", c -> c.group().processes());
    each(
        text,
        node,
        "container_start_time_seconds",
        "gauge",
        c -> c.startedAt().toEpochMilli() / 1e3);
    each(text, node, "container_last_seen", "gauge", c -> node.at().getEpochSecond());
    specs(node, text);
    networks(node, text);
  }

  private static void memory(NodeReading node, MetricText text) {
    each(text, node, "container_memory_usage_bytes", "gauge", c -> c.group().memory().usage());
    each(text, node, "container_memory_working_set_bytes", "gauge", MetricPages::workingSet);
    each(text, node, "container_memory_rss", "gauge", c -> c.group().memory().rss());
    each(text, node, "container_memory_cache", "gauge", c -> c.group().memory().cache());
    each(text, node, "container_memory_mapped_file", "gauge", c -> c.group().memory().mapped());
    each(text, node, "container_memory_swap", "gauge", c -> c.group().memory().swap());
    each(text, node, "container_memory_failcnt", "counter", c -> c.group().memory().failures());
    text.family("container_memory_failures_total", "counter", "Page faults.");
    List<String> labels = plus(CADVISOR, "failure_type", "scope");
    for (ContainerReading c : node.containers()) {
      GroupReading.Memory memory = c.group().memory();
      text.sample(
          "container_memory_failures_total",
          labels,
          plus(values(c), "pgfault", "container"),
          memory.faults());
      text.sample(
          "container_memory_failures_total",
          labels,
          plus(values(c), "pgmajfault", "container"),
          memory.majorFaults());
    }
  }

  private static void specs(NodeReading node, MetricText text) {
    each(text, node, "container_spec_cpu_shares", "gauge", c -> c.container().limits().cpuShares());
    each(text, node, "container_spec_cpu_period", "gauge", c -> 100_000);
    text.family("container_spec_cpu_quota", "gauge", "CPU quota, of those that have one.");
    for (ContainerReading c : node.containers()) {
      long quota = c.container().limits().cpuQuotaMicros();
      if (quota > 0) {
        text.sample("container_spec_cpu_quota", CADVISOR, values(c), quota);
      }
    }
    each(
        text,
        node,
        "container_spec_memory_limit_bytes",
        "gauge",
        c -> c.container().limits().memoryBytes());
  }

  private static void networks(NodeReading node, MetricText text) {
    network(text, node, "receive_bytes", i -> i.received().bytes());
    network(text, node, "receive_packets", i -> i.received().packets());
    network(text, node, "receive_errors", i -> i.received().errors());
    network(text, node, "receive_packets_dropped", i -> i.received().dropped());
    network(text, node, "transmit_bytes", i -> i.sent().bytes());
    network(text, node, "transmit_packets", i -> i.sent().packets());
    network(text, node, "transmit_errors", i -> i.sent().errors());
    network(text, node, "transmit_packets_dropped", i -> i.sent().dropped());
  }

  private static void network(
      MetricText text, NodeReading node, String what, ToDoubleFunction<InterfaceReading> figure) {
    String name = "container_network_" + what + "_total";
    text.family(name, "counter", "Of the pod's network.");
    node.networks()
        .forEach((pod, all) -> {
          for (InterfaceReading one : all) {
            text.sample(
                name,
                NETWORK,
                List.of(pod.cluster(), pod.namespace(), pod.name(), one.name()),
                figure.applyAsDouble(one));
          }
        });
  }

  private static double cpu(ContainerReading c) {
    return c.group().cpu().nanos();
  }

  private static double workingSet(ContainerReading c) {
    return c.group().memory().workingSet();
  }

  private static void one(MetricText text, String name, String type, double value) {
    text.family(name, type, "Of this node.").sample(name, List.of(), List.of(), value);
  }

  private static void each(
      MetricText text,
      NodeReading node,
      String name,
      String type,
      ToDoubleFunction<ContainerReading> figure) {
    text.family(name, type, "Of each container.");
    node.containers().forEach(c -> text.sample(name, CADVISOR, values(c), figure.applyAsDouble(c)));
  }

  private static void perContainer(
      MetricText text,
      NodeReading node,
      String name,
      String type,
      ToDoubleFunction<ContainerReading> figure) {
    text.family(name, type, "Of each container.");
    node.containers()
        .forEach(
            c -> text.sample(name, CONTAINER, values(c).subList(0, 4), figure.applyAsDouble(c)));
  }

  private static void perPod(
      MetricText text,
      NodeReading node,
      String name,
      String type,
      ToDoubleFunction<ContainerReading> figure) {
    text.family(name, type, "Of each pod.");
    PodSums.of(node.containers(), figure)
        .forEach((pod, sum) ->
            text.sample(
                name,
                CONTAINER.subList(0, 3),
                List.of(pod.cluster(), pod.namespace(), pod.name()),
                sum));
  }

  private static List<String> values(ContainerReading c) {
    return List.of(
        c.pod().cluster(),
        c.pod().namespace(),
        c.pod().name(),
        c.name(),
        c.container().image(),
        c.container().id(),
        c.container().name());
  }

  private static List<String> plus(List<String> list, String... more) {
    return Stream.concat(list.stream(), Stream.of(more)).toList();
  }
}
