package dev.argosy.agent.runtime.spi;

import java.util.List;
import java.util.Map;

/**
 * What containers of a pod share.
 *
 * @param name unique on the engine; letters, digits, {@code _.-}
 * @param labels how it is found again; that of {@link #HANDLER} is told to the engine, too
 * @param image the image whose first command only waits
 * @param hostname empty for the engine's choice; ignored with the host's network
 * @param hostNetwork whether it lives in the machine's network; otherwise it has only loopback
 * @param sysctls namespaced kernel settings
 * @param cgroupParent a cgroup for it and its containers to live under; empty for the engine's
 *     default
 */
public record SandboxSpec(
    String name,
    Map<String, String> labels,
    String image,
    List<String> command,
    String hostname,
    boolean hostNetwork,
    boolean hostPid,
    boolean hostIpc,
    Map<String, String> sysctls,
    String cgroupParent) {

  /** The label that names which of the engine's handlers runs it; without one, the default. */
  public static final String HANDLER = "argosy.dev/runtime-handler";

  public SandboxSpec {
    labels = Map.copyOf(labels);
    command = List.copyOf(command);
    sysctls = Map.copyOf(sysctls);
  }

  /** Which of the engine's handlers runs it; empty for the default. */
  public String handler() {
    return labels.getOrDefault(HANDLER, "");
  }
}
