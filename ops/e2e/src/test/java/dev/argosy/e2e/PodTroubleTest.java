package dev.argosy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Pods that cannot run say why, as Kubernetes does. */
class PodTroubleTest {

  private static final String REASON = "{.status.containerStatuses[0].state.waiting.reason}";

  private final Kubectl kubectl = Kubectl.newest("acme");

  @Test
  void anImageThatDoesNotExist() {
    try (Space space = Space.create(kubectl)) {
      space.run("run", "lost", "--image=no.such.registry.invalid/nothing:1");
      String reason =
          Eventually.until(
              Duration.ofSeconds(90),
              () -> space.run("get", "pod", "lost", "-o", "jsonpath=" + REASON),
              text -> text.equals("ImagePullBackOff"));
      assertThat(reason).isEqualTo("ImagePullBackOff");
      assertThat(space.run("get", "events")).contains("Failed");
    }
  }

  @Test
  void aCommandThatFails() {
    try (Space space = Space.create(kubectl)) {
      space.run("run", "failing", "--image=argosy/demo:1", "--command", "--", "sh", "-c", "exit 1");
      space.waitFor("failing", REASON, "CrashLoopBackOff");
      assertThat(
              space.run(
                  "get",
                  "pod",
                  "failing",
                  "-o",
                  "jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}"))
          .isEqualTo("1");
    }
  }

  @Test
  void moreMemoryThanTheLimit() {
    try (Space space = Space.create(kubectl)) {
      space.apply(
          """
          apiVersion: v1
          kind: Pod
          metadata: {name: greedy}
          spec:
            restartPolicy: Never
            containers:
            - name: main
              image: argosy/demo:1
              command: [tail, /dev/zero]
              resources: {limits: {memory: 16Mi}}
          """);
      space.waitFor(
          "greedy", "{.status.containerStatuses[0].state.terminated.reason}", "OOMKilled");
    }
  }

  @Test
  void aPodThatFitsNowhereTellsWhy() {
    try (Space space = Space.create(kubectl)) {
      space.apply(
          """
          apiVersion: v1
          kind: Pod
          metadata: {name: huge}
          spec:
            containers:
            - name: main
              image: argosy/demo:1
              resources: {requests: {cpu: "1000"}}
          """);
      Eventually.until(
          Duration.ofSeconds(60),
          () -> space.run("describe", "pod", "huge"),
          text -> text.contains("FailedScheduling") && text.contains("Insufficient cpu"));
    }
  }
}
