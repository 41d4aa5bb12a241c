package dev.argosy.agent;

import dev.argosy.agent.pod.pull.VerificationPolicy;
import dev.argosy.agent.shutdown.MachineState;
import dev.argosy.agent.shutdown.ShutdownGrace;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options about pods; kubelet's names where it has the same. */
final class PodOptions {

  @Option(
      names = "--allowed-unsafe-sysctls",
      split = ",",
      defaultValue = "${env:ARGOSY_ALLOWED_UNSAFE_SYSCTLS:-}",
      description =
          "kernel settings that pods may have besides the safe ones, by commas; names, or"
              + " beginnings that end in * (ARGOSY_ALLOWED_UNSAFE_SYSCTLS)")
  List<String> unsafeSysctls = List.of();

  @Option(
      names = "--image-pull-credentials-verification-policy",
      defaultValue = "${env:ARGOSY_IMAGE_VERIFICATION:-NeverVerifyPreloadedImages}",
      description =
          "for which present images a pod needs the credentials they were fetched with: NeverVerify,"
              + " NeverVerifyPreloadedImages, NeverVerifyAllowlistedImages or AlwaysVerify; default:"
              + " ${DEFAULT-VALUE} (ARGOSY_IMAGE_VERIFICATION)")
  String verification = "NeverVerifyPreloadedImages";

  @Option(
      names = "--preloaded-images-verification-allowlist",
      split = ",",
      defaultValue = "${env:ARGOSY_PRELOADED_IMAGES:-}",
      description =
          "with NeverVerifyAllowlistedImages: names without tag of images that need no credentials,"
              + " by commas; may end in /* (ARGOSY_PRELOADED_IMAGES)")
  List<String> preloaded = List.of();

  @Option(
      names = "--max-parallel-image-pulls",
      defaultValue = "${env:ARGOSY_PARALLEL_PULLS:-5}",
      description =
          "how many images are fetched at a time, 0 for any number; default: ${DEFAULT-VALUE}"
              + " (ARGOSY_PARALLEL_PULLS)")
  int parallelPulls = 5;

  @Option(
      names = "--image-credential-provider-config",
      defaultValue = "${env:ARGOSY_CREDENTIAL_PROVIDERS:-}",
      description =
          "a CredentialProviderConfig: programs that know registries' credentials of this node"
              + " (ARGOSY_CREDENTIAL_PROVIDERS)")
  String credentialProviders = "";

  @Option(
      names = "--image-credential-provider-bin-dir",
      defaultValue = "${env:ARGOSY_CREDENTIAL_PROVIDER_FOLDER:-}",
      description = "the folder of those programs (ARGOSY_CREDENTIAL_PROVIDER_FOLDER)")
  String credentialProviderFolder = "";

  @Option(
      names = "--pod-manifest-path",
      defaultValue = "${env:ARGOSY_POD_MANIFESTS:-}",
      description =
          "a folder with files of pods that run on this node whether or not there is a server"
              + " (ARGOSY_POD_MANIFESTS)")
  String manifests = "";

  @Option(
      names = "--shutdown-grace-period",
      defaultValue = "${env:ARGOSY_SHUTDOWN_GRACE:-30}",
      description =
          "seconds that pods get when the machine goes down, 0 to leave them to the engine; default:"
              + " ${DEFAULT-VALUE} (ARGOSY_SHUTDOWN_GRACE)")
  int shutdownGrace = 30;

  @Option(
      names = "--shutdown-grace-period-critical-pods",
      defaultValue = "${env:ARGOSY_SHUTDOWN_GRACE_CRITICAL:-10}",
      description =
          "the last part of these seconds, kept for critical pods; default: ${DEFAULT-VALUE}"
              + " (ARGOSY_SHUTDOWN_GRACE_CRITICAL)")
  int criticalGrace = 10;

  @Option(
      names = "--end-pods",
      defaultValue = "${env:ARGOSY_END_PODS:-auto}",
      description =
          "whether pods are ended when the agent is told to end: auto (if systemd says that the"
              + " machine stops), always or never; default: ${DEFAULT-VALUE} (ARGOSY_END_PODS)")
  String endPods = "auto";

  @Mixin LogOptions logs = new LogOptions();

  PodSettings settings() {
    if (!credentialProviders.isEmpty() && credentialProviderFolder.isEmpty()) {
      throw new IllegalArgumentException(
          "--image-credential-provider-config needs --image-credential-provider-bin-dir");
    }
    return new PodSettings(
        given(unsafeSysctls),
        new PodSettings.Pulls(
            VerificationPolicy.of(verification, given(preloaded)),
            parallelPulls,
            credentialProviders,
            credentialProviderFolder),
        manifests,
        new ShutdownGrace(Duration.ofSeconds(shutdownGrace), Duration.ofSeconds(criticalGrace)),
        new MachineState(MachineState.When.of(endPods)),
        logs.limits());
  }

  private static List<String> given(List<String> list) {
    return list.stream().filter(s -> !s.isBlank()).toList();
  }
}
