package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Parts are killed as a power cut would, or stopped, then started as a service manager would.
 * Nothing that was acknowledged is lost, and what ran goes on running.
 */
class RecoveryTest {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String STARTED =
      "jsonpath={.status.containerStatuses[0].state.running.startedAt}";

  private static final String READY = "{.status.conditions[?(@.type=='Ready')].status}";

  private final Kubectl kubectl = Kubectl.newest("acme");
  private final Kubectl platform = Kubectl.newest("admin");

  @Test
  void theServer() {
    survives("server");
  }

  @Test
  void theAgent() {
    survives("node");
  }

  @Test
  void etcd() {
    survives("etcd");
  }

  /**
   * While it is away tenants work on, what needs it says so, and the trail has it all in the end.
   */
  @Test
  void theDatabase() {
    try (Space space = Space.create(kubectl)) {
      space.run("run", "witness", "--image=argosy/demo:1");
      space.waitRunning("witness");
      platform.run("get", "tenants");

      signal("KILL", "postgres");
      space.run("create", "configmap", "meanwhile");
      space.run("run", "meanwhile", "--image=argosy/demo:1");
      space.waitRunning("meanwhile");
      assertThat(space.run("exec", "witness", "--", "echo", "still here")).contains("still here");
      assertThat(platform.tryRun("get", "tenants").err()).contains("cannot be reached; try again");
      up();

      Eventually.until(LIMIT, () -> platform.tryRun("get", "tenants"), Program.Result::ok);
      Eventually.until(
          LIMIT,
          () ->
              space.run(
                  "get",
                  "auditrecords",
                  "--field-selector=name=meanwhile,verb=create,namespace=" + space.name()),
          trail -> trail.contains("configmaps") && trail.contains("pods"));
    }
  }

  /** What a killed one leaves behind, a file that says it is ready among it, deceives nobody. */
  @Test
  void theDatabaseStartedAtOnce() {
    signal("KILL", "postgres");
    up();
    Eventually.until(LIMIT, () -> platform.tryRun("get", "tenants"), Program.Result::ok);
  }

  /**
   * For five minutes tenants read, write, run and stop pods without it, and those who have logged
   * in before stay who they are. Then the platform's own kinds answer again, and the trail lacks
   * nothing of the time between.
   */
  @Test
  @Tag("full")
  void theDatabaseForFiveMinutes() {
    try (Space space = Space.create(kubectl)) {
      space.run("run", "witness", "--image=argosy/demo:1");
      space.waitRunning("witness");
      String started = space.run("get", "pod", "witness", "-o", STARTED);

      signal("KILL", "postgres");
      Instant end = Instant.now().plus(Duration.ofMinutes(5));
      int rounds = 0;
      for (; Instant.now().isBefore(end); rounds++) {
        String name = "round-" + rounds;
        space.run("create", "configmap", name);
        space.run("run", name, "--image=argosy/demo:1");
        space.waitRunning(name);
        assertThat(space.run("get", "pods,configmaps", "-o", "name")).contains("pod/" + name);
        assertThat(space.run("exec", "witness", "--", "echo", "here")).contains("here");
        space.run("delete", "pod", name, "--grace-period=0", "--force");
        assertThat(platform.tryRun("get", "tenants").err())
            .contains("cannot be reached; try again");
      }
      up();

      Eventually.until(LIMIT, () -> platform.tryRun("get", "tenants"), Program.Result::ok);
      assertThat(space.run("get", "pod", "witness", "-o", STARTED)).isEqualTo(started);
      int all = rounds;
      Eventually.until(LIMIT, () -> creations(space), names -> names.size() == all);
    }
  }

  /** Names of the ConfigMaps that the trail says were made in these rounds. */
  private static Set<String> creations(Space space) {
    String trail =
        space.run(
            "get",
            "auditrecords",
            "--field-selector=resource=configmaps,verb=create,namespace=" + space.name(),
            "-o",
            "jsonpath={range .items[*]}{.name}{\"\\n\"}{end}");
    return trail.lines().filter(name -> name.startsWith("round-")).collect(Collectors.toSet());
  }

  /** Stopped as for an upgrade. Left out, with a word, where the engine is the machine's own. */
  @Test
  @Tag("own-engine")
  void theEngine() {
    try (Space space = Space.create(kubectl)) {
      space.run("run", "witness", "--image=argosy/demo:1");
      space.waitRunning("witness");
      String started = space.run("get", "pod", "witness", "-o", STARTED);

      signal("TERM", "dockerd");
      waitReady("False");
      space.run("run", "meanwhile", "--image=argosy/demo:1");
      up();

      waitReady("True");
      space.waitRunning("meanwhile");
      space.waitFor("witness", READY, "True");
      assertThat(space.run("get", "pod", "witness", "-o", STARTED)).isEqualTo(started);
      assertThat(space.run("exec", "witness", "--", "echo", "still here")).contains("still here");
      Eventually.until(
          LIMIT,
          () -> platform.run("describe", "node", node()),
          text -> text.contains("NodeNotReady") && text.contains("NodeReady"));
    }
  }

  private void waitReady(String status) {
    Eventually.until(
        LIMIT,
        () -> platform.run("get", "node", node(), "-o", "jsonpath=" + READY),
        status::equals);
  }

  private static String node() {
    return read("node").lines().findFirst().orElseThrow();
  }

  private void survives(String part) {
    try (Space space = Space.create(kubectl)) {
      space.run("run", "witness", "--image=argosy/demo:1");
      space.waitRunning("witness");
      String started = space.run("get", "pod", "witness", "-o", STARTED);
      space.run("create", "configmap", "acknowledged", "--from-literal=by=" + part);

      signal("KILL", part);
      up();

      Eventually.until(
          LIMIT, () -> space.tryRun("get", "configmap", "acknowledged"), Program.Result::ok);
      assertThat(space.run("get", "pod", "witness", "-o", STARTED)).isEqualTo(started);
      space.run("run", "after", "--image=argosy/demo:1");
      space.waitRunning("after");
      answers(space);
    }
  }

  /** The node dials again within seconds. */
  private static void answers(Space space) {
    Eventually.until(
        LIMIT,
        () -> space.tryRun("exec", "witness", "--", "echo", "still here").all(),
        said -> said.contains("still here"));
  }

  private static void signal(String name, String part) {
    String pid = read("run/" + part + ".pid").split(" ")[0];
    Program.run(List.of("kill", "-" + name, pid), Map.of(), "", LIMIT).orFail();
  }

  private static String read(String file) {
    try {
      return Files.readString(Target.data().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Finds this platform by the environment that ops/test set. */
  private static void up() {
    Program.run(
            List.of(Target.ROOT.resolve("ops/up").toString(), "--no-build"), Map.of(), "", LIMIT)
        .orFail();
  }
}
