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
public record Kubectl(String version, Path binary, Path kubeconfig) {

  private static final String OLDEST = "1.20";
  private static final String NEWEST = "1.35";
  private static final Duration LIMIT = Duration.ofMinutes(3);

  public static Stream<Kubectl> oldestAndNewest() {
    return Stream.of(oldest("acme"), newest("acme"));
  }

  public static Kubectl oldest(String user) {
    return of(OLDEST, Target.kubeconfig(user));
  }

  public static Kubectl newest(String user) {
    return of(NEWEST, Target.kubeconfig(user));
  }

  /** The oldest and the newest; in a full run also those between. */
  public static List<String> versions() {
    return Target.full() ? List.of(OLDEST, "1.28", "1.31", NEWEST) : List.of(OLDEST, NEWEST);
  }

  public static Kubectl of(String version, Path kubeconfig) {
    return new Kubectl(version, Target.TOOLS.resolve("kubectl-" + version), kubeconfig);
  }

  /** Runs it and expects it to work. */
  public String run(String... arguments) {
    return tryRun(arguments).orFail();
  }

  public Program.Result tryRun(String... arguments) {
    return with("", arguments);
  }

  public Program.Result with(String input, String... arguments) {
    return within(LIMIT, input, arguments);
  }

  /** The same for what takes long. */
  public Program.Result within(Duration limit, String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of(arguments));
    return Program.run(
        command,
        Map.of("KUBECONFIG", kubeconfig.toString(), "HOME", Target.data().toString()),
        input,
        limit);
  }

  @Override
  public String toString() {
    return "kubectl " + version;
  }
}
