package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a team does all day, with the oldest and the newest kubectl. */
class KubectlTest {

  private static final Duration SOON = Duration.ofSeconds(90);

  @ParameterizedTest
  @MethodSource("dev.argosy.e2e.Kubectl#oldestAndNewest")
  void asksAboutTheCluster(Kubectl kubectl) {
    assertThat(kubectl.run("version")).contains("v1.35");
    assertThat(kubectl.run("get", "nodes")).contains("Ready");
    assertThat(kubectl.run("api-resources")).contains("deployments").contains("pods");
    assertThat(kubectl.run("api-versions")).contains("apps/v1");
    assertThat(kubectl.run("explain", "pod.spec.containers")).contains("image");
    assertThat(kubectl.run("auth", "can-i", "create", "deployments")).contains("yes");
    assertThat(kubectl.tryRun("auth", "can-i", "delete", "nodes").out()).contains("no");
    assertThat(kubectl.run("get", "namespaces", "-o", "jsonpath={.items[*].metadata.name}"))
        .contains("default")
        .contains("kube-system");
  }

  @ParameterizedTest
  @MethodSource("dev.argosy.e2e.Kubectl#oldestAndNewest")
  void runsADeployment(Kubectl kubectl) {
    try (Space space = Space.create(kubectl)) {
      space.run("create", "deployment", "web", "--image=argosy/demo:1", "--replicas=1");
      assertThat(space.run("rollout", "status", "deployment/web", "--timeout=90s"))
          .contains("successfully rolled out");
      assertThat(space.run("get", "pods", "-o", "wide")).contains("Running");
      space.run("scale", "deployment/web", "--replicas=3");
      space.run("rollout", "status", "deployment/web", "--timeout=90s");
      assertThat(space.run("get", "deployment", "web")).contains("3/3");
      assertThat(space.run("describe", "deployment", "web")).contains("argosy/demo:1");

      space.run("set", "env", "deployment/web", "COLOUR=green");
      space.run("rollout", "status", "deployment/web", "--timeout=90s");
      assertThat(exec(space, "env")).contains("COLOUR=green");
      space.run("rollout", "undo", "deployment/web");
      space.run("rollout", "status", "deployment/web", "--timeout=90s");

      space.run("patch", "deployment", "web", "-p", "{\"spec\":{\"replicas\":1}}");
      space.run("rollout", "status", "deployment/web", "--timeout=90s");
      space.run("delete", "deployment", "web");
      Eventually.until(
          SOON, () -> space.run("get", "pods", "-o", "name"), names -> names.isBlank());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.argosy.e2e.Kubectl#oldestAndNewest")
  void talksToAContainer(Kubectl kubectl) {
    try (Space space = Space.create(kubectl)) {
      space.apply(
          """
          apiVersion: v1
          kind: Pod
          metadata: {name: talk}
          spec:
            containers:
            - name: main
              image: argosy/demo:1
              command: [sh, -c, "echo hello from the log; exec sleep 3600"]
          """);
      space.waitRunning("talk");
      assertThat(space.run("logs", "talk")).contains("hello from the log");
      assertThat(space.run("exec", "talk", "--", "echo", "hello from exec"))
          .contains("hello from exec");
      assertThat(space.with("typed in\n", "exec", "-i", "talk", "--", "cat").orFail())
          .contains("typed in");
      assertThat(space.tryRun("exec", "talk", "--", "sh", "-c", "exit 7").exit()).isEqualTo(7);
      assertThat(space.run("describe", "pod", "talk")).contains("Scheduled").contains("Started");
      assertThat(space.run("get", "pod", "talk", "-o", "yaml")).contains("podIP:");
      space.run("delete", "pod", "talk", "--grace-period=1");
      assertThat(space.tryRun("get", "pod", "talk").err()).contains("NotFound");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.argosy.e2e.Kubectl#oldestAndNewest")
  void runsTheExampleWhosePartsFindEachOther(Kubectl kubectl) {
    try (Space space = Space.create(kubectl)) {
      space.run("apply", "-f", Target.ROOT.resolve("examples").toString());
      for (String part : new String[] {"store", "api", "web"}) {
        space.run("rollout", "status", "deployment/" + part, "--timeout=90s");
      }
      String address = space.run("get", "service", "web", "-o", "jsonpath={.spec.clusterIP}");
      Program.Result page =
          Eventually.until(SOON, () -> curl("http://" + address + "/"), Program.Result::ok);
      assertThat(page.out()).contains("<title>Notes</title>");
      String notes = "http://" + address + "/cgi-bin/notes";
      Eventually.until(SOON, () -> curl("-d", "remember this", notes), Program.Result::ok);
      assertThat(curl(notes).orFail()).contains("Welcome to Notes").contains("remember this");

      space.run("apply", "-f", Target.ROOT.resolve("examples").toString());
      space.run("delete", "-f", Target.ROOT.resolve("examples").toString());
    }
  }

  private static Program.Result curl(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("curl", "-sf", "--noproxy", "*", "--max-time", "5"));
    command.addAll(List.of(arguments));
    return Program.run(command, Map.of(), "", Duration.ofSeconds(20));
  }

  private static String exec(Space space, String... command) {
    List<String> arguments = new ArrayList<>(List.of("exec", "deployment/web", "--"));
    arguments.addAll(List.of(command));
    return space.run(arguments.toArray(String[]::new));
  }
}
