package dev.argosy.agent;

import java.util.List;
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

  PodSettings settings() {
    return new PodSettings(unsafeSysctls.stream().filter(s -> !s.isBlank()).toList());
  }
}
