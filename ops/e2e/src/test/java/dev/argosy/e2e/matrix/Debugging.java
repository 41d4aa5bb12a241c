package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Eventually;
import dev.argosy.e2e.Kubectl;
import dev.argosy.e2e.Program;
import dev.argosy.e2e.Space;
import dev.argosy.e2e.Target;
import java.time.Duration;

/** {@code kubectl debug}: beside a pod's containers, in a copy of a pod, on a node. */
final class Debugging {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String IMAGE = "--image=argosy/demo:1";

  private Debugging() {}

  /** A container that joins the pod and sees the processes of another one. */
  static void besideAContainer(Space space) {
    space.run(
        "debug",
        "talk",
        IMAGE,
        "--target=main",
        "--container=look",
        "--",
        "sh",
        "-c",
        "tr '\\0' ' ' </proc/1/cmdline; echo; exec sleep 3600");
    String first = logs(space, "talk", "look");
    assertThat(first).contains("httpd");
    assertThat(space.run("exec", "talk", "-c", "look", "--", "echo", "said")).isEqualTo("said\n");
    Program.Result unknown =
        space.tryRun("debug", "talk", IMAGE, "--target=nobody", "--container=other");
    assertThat(unknown.ok()).isFalse();
    assertThat(unknown.err()).contains("nobody");
  }

  /** The pod goes on; its copy has one container more, and its processes are seen by all. */
  static void inACopy(Space space) {
    space.run(
        "debug",
        "talk",
        IMAGE,
        "--copy-to=copied",
        "--container=look",
        "--share-processes",
        "--",
        "sleep",
        "3600");
    space.run("wait", "pod/copied", "--for=condition=Ready", "--timeout=120s");
    Eventually.until(
        SOON,
        () -> space.tryRun("exec", "copied", "-c", "look", "--", "ps").out(),
        said -> said.contains("httpd"));
    assertThat(space.run("get", "pod", "talk", "-o", "jsonpath={.status.phase}"))
        .isEqualTo("Running");
  }

  /**
   * The machine's own files, in a pod that nobody schedules; for whoever runs the platform, since
   * tenants' pods are kept from their nodes.
   */
  static void onANode(Space tenants) {
    Kubectl admin =
        new Kubectl(
            tenants.kubectl().version(), tenants.kubectl().binary(), Target.kubeconfig("admin"));
    try (Space space = Space.create(admin)) {
      lookAtNode(space);
    }
  }

  private static void lookAtNode(Space space) {
    String node = space.run("get", "nodes", "-o", "jsonpath={.items[0].metadata.name}");
    space.run("debug", "node/" + node, IMAGE, "--", "cat", "/host/etc/hostname");
    String pod =
        space
            .run("get", "pods", "-o", "name")
            .lines()
            .filter(name -> name.contains("node-debugger"))
            .findFirst()
            .orElseThrow();
    String name = pod.substring("pod/".length());
    assertThat(logs(space, name, "debugger")).isNotBlank();
    space.waitFor(name, "{.status.phase}", "Succeeded");
    assertThat(space.run("get", pod, "-o", "jsonpath={.spec.nodeName}")).isEqualTo(node);
  }

  private static String logs(Space space, String pod, String container) {
    return Eventually.until(
        SOON, () -> space.tryRun("logs", pod, "-c", container).out(), said -> !said.isBlank());
  }
}
