package dev.argosy.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A namespace for one test; gone afterwards. */
public record Space(Kubectl kubectl, String name) implements AutoCloseable {

  public static Space create(Kubectl kubectl) {
    String name = "e2e-" + UUID.randomUUID().toString().substring(0, 8);
    kubectl.run("create", "namespace", name);
    return new Space(kubectl, name);
  }

  public String run(String... arguments) {
    return tryRun(arguments).orFail();
  }

  /** The same for what takes long. */
  public String runWithin(Duration limit, String... arguments) {
    return kubectl.within(limit, "", here(arguments)).orFail();
  }

  public Program.Result tryRun(String... arguments) {
    return with("", arguments);
  }

  public Program.Result with(String input, String... arguments) {
    return kubectl.with(input, here(arguments));
  }

  private String[] here(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--namespace", name));
    all.addAll(List.of(arguments));
    return all.toArray(String[]::new);
  }

  public void apply(String yaml) {
    with(yaml, "apply", "-f", "-").orFail();
  }

  public void waitRunning(String pod) {
    waitFor(pod, "{.status.phase}", "Running");
  }

  /** Waits until a field of a pod has a value. */
  public void waitFor(String pod, String jsonPath, String value) {
    Eventually.until(
        Duration.ofSeconds(90),
        () -> tryRun("get", "pod", pod, "-o", "jsonpath=" + jsonPath).all(),
        value::equals);
  }

  @Override
  public void close() {
    kubectl.tryRun("delete", "namespace", name, "--wait=false");
  }
}
