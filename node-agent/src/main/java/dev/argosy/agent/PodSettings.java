package dev.argosy.agent;

import dev.argosy.agent.pod.pull.VerificationPolicy;
import dev.argosy.agent.runtime.spi.LogLimits;
import dev.argosy.agent.shutdown.MachineState;
import dev.argosy.agent.shutdown.ShutdownGrace;
import java.util.List;

/**
 * What the administrator of a node says about its pods.
 *
 * @param unsafeSysctls kernel settings that pods may have besides the safe ones; names, or
 *     beginnings that end in {@code *}
 * @param pulls how images are fetched
 * @param manifests the folder with files of static pods; empty for none
 * @param shutdownGrace how long pods get when the machine goes down
 * @param machine tells whether it does
 * @param logs how much of containers' logs is kept
 */
public record PodSettings(
    List<String> unsafeSysctls,
    Pulls pulls,
    String manifests,
    ShutdownGrace shutdownGrace,
    MachineState machine,
    LogLimits logs) {

  /**
   * How images are fetched.
   *
   * @param parallel how many at a time; 0 for any number
   * @param pluginFile a CredentialProviderConfig; empty for none
   * @param pluginFolder the programs that it names
   */
  public record Pulls(
      VerificationPolicy verification, int parallel, String pluginFile, String pluginFolder) {
    public Pulls {
      if (parallel < 0) {
        throw new IllegalArgumentException("images cannot be fetched " + parallel + " at a time");
      }
    }
  }

  public PodSettings {
    unsafeSysctls = List.copyOf(unsafeSysctls);
  }
}
