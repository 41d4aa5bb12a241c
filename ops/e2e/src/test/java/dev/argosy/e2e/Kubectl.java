package dev.argosy.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One kubectl binary with one kubeconfig.
 *
 * @param version as shown in test names
 */
record Kubectl(String version, Path binary, Path kubeconfig) {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  static Stream<Kubectl> oldestAndNewest() {
    return Stream.of(oldest("acme"), newest("acme"));
  }

  static Kubectl oldest(String user) {
    return new Kubectl("1.20", Target.TOOLS.resolve("kubectl-1.20"), Target.kubeconfig(user));
  }

  static Kubectl newest(String user) {
    return new Kubectl("1.35", Target.TOOLS.resolve("kubectl-1.35"), Target.kubeconfig(user));
  }

  /** Runs it and expects it to work. */
  String run(String... arguments) {
    return tryRun(arguments).orFail();
  }

  Program.Result tryRun(String... arguments) {
    return with("", arguments);
  }

  Program.Result with(String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    return Program.run(
        command,
        Map.of("KUBECONFIG", kubeconfig.toString(), "HOME", Target.data().toString()),
        input,
        LIMIT);
  }

  @Override
  public String toString() {
    return "kubectl " + version;
  }
}
