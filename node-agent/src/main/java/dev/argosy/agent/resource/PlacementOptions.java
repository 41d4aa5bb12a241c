package dev.argosy.agent.resource;

import dev.argosy.agent.resource.ResourceSettings.Topology;
import dev.argosy.agent.topology.TopologyPolicy;
import picocli.CommandLine.Option;

/** The options about devices, and where on the machine pods' things lie; kubelet's names. */
final class PlacementOptions {

  @Option(
      names = "--memory-manager-policy",
      defaultValue = "${env:ARGOSY_MEMORY_MANAGER_POLICY:-None}",
      description =
          "Static: containers of Guaranteed pods get memory of certain NUMA nodes; default:"
              + " ${DEFAULT-VALUE}")
  String memoryPolicy = "None";

  @Option(
      names = "--reserved-memory",
      defaultValue = "${env:ARGOSY_RESERVED_MEMORY:-}",
      description =
          "memory of NUMA nodes that no pod gets, such as 0:memory=1Gi;1:memory=512Mi; default: what"
              + " is kept from pods, of the first nodes")
  String reservedMemory = "";

  @Option(
      names = "--topology-manager-policy",
      defaultValue = "${env:ARGOSY_TOPOLOGY_MANAGER_POLICY:-none}",
      description =
          "whether processors, memory and devices of one container must lie together: none,"
              + " best-effort, restricted or single-numa-node; default: ${DEFAULT-VALUE}")
  String topologyPolicy = "none";

  @Option(
      names = "--topology-manager-scope",
      defaultValue = "${env:ARGOSY_TOPOLOGY_MANAGER_SCOPE:-container}",
      description = "what must lie together: container or pod; default: ${DEFAULT-VALUE}")
  String topologyScope = "container";

  @Option(
      names = "--device-plugins",
      defaultValue = "${env:ARGOSY_DEVICE_PLUGINS:-}",
      description =
          "the folder where device plug-ins register, or none; default: device-plugins in the data"
              + " folder")
  String devicePlugins = "";

  @Option(
      names = "--pod-resources",
      defaultValue = "${env:ARGOSY_POD_RESOURCES:-}",
      description =
          "the folder of a socket that tells which pod has which devices; default: nobody is told")
  String podResources = "";

  /**
   * @throws IllegalArgumentException naming the option that is wrong
   */
  Topology topology() {
    boolean memory = oneOf("--memory-manager-policy", memoryPolicy, "None", "Static");
    boolean pods = oneOf("--topology-manager-scope", topologyScope, "container", "pod");
    if (!memory && !reservedMemory.isEmpty()) {
      throw new IllegalArgumentException(
          "--reserved-memory means something with --memory-manager-policy=Static alone");
    }
    return new Topology(TopologyPolicy.of(topologyPolicy), pods, memory, reservedMemory);
  }

  private static boolean oneOf(String option, String text, String no, String yes) {
    if (!text.equals(no) && !text.equals(yes)) {
      throw new IllegalArgumentException(
          option + " is " + no + " or " + yes + ", not \"" + text + "\"");
    }
    return text.equals(yes);
  }
}
