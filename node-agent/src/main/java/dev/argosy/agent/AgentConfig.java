package dev.argosy.agent;

import dev.argosy.agent.resource.ResourceSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What an agent must know.
 *
 * @param server the API, for example {@code https://10.0.0.1:6443}
 * @param caFile the certificate of the authority that signed the server's
 * @param token join token, needed once; empty later
 * @param node the node's name
 * @param nodeIp the address at which the node is reached
 * @param pool the node pool that it joins
 * @param data where certificates and pods' files are kept
 * @param plugins the folder in which plug-ins register
 * @param dockerHost Docker's socket
 * @param runtimeEndpoint the socket of a CRI runtime, which then runs the pods; empty for Docker
 * @param podSubnet overrides what the control plane gives; empty to take that
 * @param clusterSubnet the addresses of all pods
 * @param mtu of the pods' links
 * @param useInterval between two reports of what pods use; 5 s to a minute
 * @param pods what is said about pods
 * @param resources what is given to pods, limited, and cleared away
 */
public record AgentConfig(
    URI server,
    Path caFile,
    String token,
    String node,
    String nodeIp,
    String pool,
    Path data,
    Path plugins,
    String dockerHost,
    String runtimeEndpoint,
    String podSubnet,
    String clusterSubnet,
    int mtu,
    Duration useInterval,
    PodSettings pods,
    ResourceSettings resources) {

  public AgentConfig {
    if (!node.matches("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "\"" + node + "\" is no valid node name (lower case letters, digits, - and .)");
    }
    if (useInterval.compareTo(Duration.ofSeconds(5)) < 0
        || useInterval.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("use is reported every 5 to 60 seconds");
    }
  }

  @Override
  public String toString() {
    return "AgentConfig[node=" + node + ", server=" + server + "]";
  }
}
