package dev.argosy.agent;

import dev.argosy.agent.resource.ResourceSettings;
import dev.argosy.agent.runtime.spi.LogLimits;
import dev.argosy.model.object.Json;
import dev.argosy.model.quantity.Quantity;
import tools.jackson.databind.node.ObjectNode;

/**
 * The agent's settings in the words of kubelet's {@code KubeletConfiguration}, as far as there are
 * such; nothing secret.
 *
 * @see <a href="https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/">Kubelet
 *     Configuration</a>
 */
final class ShownConfig {

  private ShownConfig() {}

  /** The content of kubelet's {@code /configz}. */
  static ObjectNode of(AgentConfig config) {
    ObjectNode all = Json.object();
    ObjectNode json = all.putObject("kubeletconfig");
    json.put("kind", "KubeletConfiguration");
    json.put("apiVersion", "kubelet.config.k8s.io/v1beta1");
    json.put("clusterDomain", "cluster.local");
    json.put("containerRuntimeEndpoint", config.runtimeEndpoint());
    pods(json, config.pods());
    resources(json, config.resources());
    return all;
  }

  private static void pods(ObjectNode json, PodSettings pods) {
    LogLimits logs = pods.logs();
    json.put("containerLogMaxSize", Quantity.ofBytes(logs.bytes()).toString());
    json.put("containerLogMaxFiles", logs.files());
    json.put("containerLogMonitorInterval", "10s");
    if (pods.pulls().parallel() > 0) {
      json.put("maxParallelImagePulls", pods.pulls().parallel());
    }
    if (!pods.manifests().isEmpty()) {
      json.put("staticPodPath", pods.manifests());
    }
    if (!pods.unsafeSysctls().isEmpty()) {
      pods.unsafeSysctls().forEach(json.putArray("allowedUnsafeSysctls")::add);
    }
  }

  private static void resources(ObjectNode json, ResourceSettings resources) {
    json.put("failSwapOn", resources.failSwapOn());
    json.put("cgroupsPerQOS", resources.groups().perQuality());
    json.put("cgroupRoot", resources.groups().root());
    long processes = resources.groups().podProcesses();
    json.put("podPidsLimit", processes == 0 ? -1 : processes);
    json.put("cpuManagerPolicy", resources.exclusiveCpus().isPresent() ? "static" : "none");
    resources.exclusiveCpus().ifPresent(cpus -> json.put("reservedSystemCPUs", cpus));
    json.put("imageGCHighThresholdPercent", resources.garbage().highPercent());
    json.put("imageGCLowThresholdPercent", resources.garbage().lowPercent());
    json.put("imageMinimumGCAge", resources.garbage().minAge().toSeconds() + "s");
    json.put("imageMaximumGCAge", resources.garbage().maxAge().toSeconds() + "s");
    json.put("volumeStatsAggPeriod", resources.countEvery().toSeconds() + "s");
    json.put(
        "evictionPressureTransitionPeriod", resources.eviction().transition().toSeconds() + "s");
    json.put("evictionMaxPodGracePeriod", resources.eviction().longestGrace().toSeconds());
  }
}
