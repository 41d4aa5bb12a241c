package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Eventually;
import dev.argosy.e2e.Kubectl;
import dev.argosy.e2e.Program;
import dev.argosy.e2e.Space;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Creating, changing, applying and deleting. */
class WritesTest {

  static final String TWICE = "create once, not twice";
  static final String STALE = "refuse a stale replace";
  static final String PATCH = "patch in three ways";
  static final String SSA = "apply on the server, with conflicts";
  static final String FINALIZE = "hold back a deletion by a finalizer";

  @TestFactory
  Stream<DynamicTest> writes() {
    return new Part("Writes")
        .kubectl(TWICE, WritesTest::createsOnce)
        .kubectl(STALE, WritesTest::refusesStale)
        .kubectl(PATCH, WritesTest::patches)
        .kubectl("apply, change, apply again", WritesTest::applies)
        .kubectl("show what an apply would change", WritesTest::diffs)
        .kubectl(SSA, WritesTest::appliesOnServer)
        .kubectlSince(28, "prune what is no longer applied", WritesTest::prunes)
        .kubectl("edit", WritesTest::edits)
        .kubectl("label, annotate, set and scale", WritesTest::adjusts)
        .kubectl("wait for a condition and for a deletion", WritesTest::waits)
        .kubectl("delete and keep dependents", WritesTest::orphans)
        .kubectl(FINALIZE, WritesTest::finalizes)
        .fabric8(TWICE, LibraryWrites::createsOnce)
        .fabric8(STALE, LibraryWrites::refusesStale)
        .fabric8(PATCH, LibraryWrites::patches)
        .fabric8(SSA, LibraryWrites::appliesOnServer)
        .fabric8(FINALIZE, LibraryWrites::finalizes)
        .java(TWICE, LibraryWrites::createsOnce)
        .java(STALE, LibraryWrites::refusesStale)
        .java(PATCH, LibraryWrites::patches)
        .java(SSA, LibraryWrites::appliesOnServer)
        .script(Script.javascript(), TWICE, STALE, PATCH, SSA, FINALIZE)
        .script(Script.python(), TWICE, STALE, PATCH, SSA, FINALIZE)
        .tests();
  }

  private static void createsOnce(Space space) {
    String map = Text.configMap("one", "red");
    space.with(map, "create", "-f", "-").orFail();
    assertThat(space.with(map, "create", "-f", "-").err())
        .contains("Error from server (AlreadyExists)", "configmaps \"one\" already exists");
    String generated = map.replace("name: one", "generateName: one-");
    assertThat(space.with(generated, "create", "-f", "-", "-o", "name").orFail().strip())
        .matches("configmap/one-[a-z0-9]{5}");
  }

  private static void refusesStale(Space space) {
    space.apply(Text.configMap("one", "red"));
    String before = space.run("get", "cm", "one", "-o", "json");
    space.with(before.replace("red", "blue"), "replace", "-f", "-").orFail();
    assertThat(space.with(before.replace("red", "green"), "replace", "-f", "-").err())
        .contains("Conflict", "the object has been modified");
    assertThat(colour(space)).isEqualTo("blue");
  }

  private static void patches(Space space) {
    space.run("create", "deployment", "web", "--image=argosy/demo:1", "--replicas=0");
    space.run(
        "patch",
        "deployment",
        "web",
        "-p",
        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"side\",\"image\":\"argosy/demo:1\"}]}}}}");
    assertThat(web(space, "{.spec.template.spec.containers[*].name}")).contains("side", "demo");
    space.run("patch", "deployment", "web", "--type=merge", "-p", "{\"spec\":{\"paused\":true}}");
    space.run(
        "patch",
        "deployment",
        "web",
        "--type=json",
        "-p",
        "[{\"op\":\"test\",\"path\":\"/spec/paused\",\"value\":true},"
            + "{\"op\":\"add\",\"path\":\"/spec/minReadySeconds\",\"value\":4}]");
    assertThat(web(space, "{.spec.paused} {.spec.minReadySeconds}")).isEqualTo("true 4");
  }

  private static void applies(Space space) {
    String map = Text.configMap("one", "red");
    assertThat(space.with(map, "apply", "-f", "-").orFail()).contains("created");
    assertThat(space.with(map, "apply", "-f", "-").orFail()).contains("unchanged");
    space.run("patch", "cm", "one", "-p", "{\"data\":{\"other\":\"kept\"}}");
    String blue = Text.configMap("one", "blue");
    assertThat(space.with(blue, "apply", "-f", "-").orFail()).contains("configured");
    assertThat(space.run("get", "cm", "one", "-o", "jsonpath={.data.colour} {.data.other}"))
        .isEqualTo("blue kept");
    assertThat(space.run("apply", "view-last-applied", "cm/one")).contains("colour: blue");
  }

  private static void diffs(Space space) {
    space.apply(Text.configMap("one", "red"));
    assertThat(space.with(Text.configMap("one", "red"), "diff", "-f", "-").exit()).isZero();
    Program.Result changed = space.with(Text.configMap("one", "blue"), "diff", "-f", "-");
    assertThat(changed.exit()).isEqualTo(1);
    assertThat(changed.out()).contains("-  colour: red", "+  colour: blue");
    assertThat(colour(space)).isEqualTo("red");
  }

  private static void appliesOnServer(Space space) {
    String red = Text.configMap("one", "red");
    space.with(red, "apply", "--server-side", "--field-manager=first", "-f", "-").orFail();
    Program.Result refused =
        space.with(
            Text.configMap("one", "blue"),
            "apply",
            "--server-side",
            "--field-manager=second",
            "-f",
            "-");
    assertThat(refused.err()).contains("conflicts with \"first\"", ".data.colour");
    space
        .with(
            Text.configMap("one", "blue"),
            "apply",
            "--server-side",
            "--force-conflicts",
            "--field-manager=second",
            "-f",
            "-")
        .orFail();
    assertThat(colour(space)).isEqualTo("blue");
  }

  private static void prunes(Space space) {
    String both = Text.configMap("one", "red") + "---\n" + Text.configMap("two", "red");
    String[] command = {"apply", "--prune", "-l", "colour=red", "-f", "-"};
    space.with(both, command).orFail();
    Eventually.until(
        Duration.ofSeconds(20),
        () -> space.with(Text.configMap("one", "red"), command).all(),
        said -> said.contains("configmap/two pruned"));
    assertThat(space.tryRun("get", "cm", "two").err()).contains("NotFound");
  }

  private static void edits(Space space) {
    space.apply(Text.configMap("one", "red"));
    Kubectl kubectl = space.kubectl();
    Program.run(
            List.of(kubectl.binary().toString(), "--namespace", space.name(), "edit", "cm", "one"),
            Map.of("KUBECONFIG", kubectl.kubeconfig().toString(), "EDITOR", "sed -i s/red/blue/"),
            "",
            Duration.ofSeconds(60))
        .orFail();
    assertThat(colour(space)).isEqualTo("blue");
  }

  private static void adjusts(Space space) {
    space.run("create", "deployment", "web", "--image=argosy/demo:1", "--replicas=0");
    space.run("label", "deployment", "web", "tier=front");
    space.run("annotate", "deployment", "web", "why=because");
    space.run("set", "env", "deployment/web", "A=B");
    space.run("set", "image", "deployment/web", "demo=argosy/demo:2");
    space.run("set", "resources", "deployment/web", "--limits=cpu=100m");
    space.run("rollout", "pause", "deployment/web");
    space.run("scale", "deployment/web", "--replicas=2", "--current-replicas=0");
    assertThat(
            web(
                space,
                "{.metadata.labels.tier} {.spec.template.spec.containers[0].env[0].value}"
                    + " {.spec.template.spec.containers[0].image} {.spec.replicas}"))
        .isEqualTo("front B argosy/demo:2 2");
    space.run("label", "deployment", "web", "tier-");
    assertThat(web(space, "{.metadata.labels.tier}")).isEmpty();
  }

  private static void waits(Space space) {
    space.run("create", "deployment", "web", "--image=argosy/demo:1", "--replicas=0");
    space.run("wait", "deployment/web", "--for=condition=Available", "--timeout=30s");
    space.run("delete", "deployment", "web", "--wait=false");
    space.run("create", "configmap", "one");
    space.run("delete", "configmap", "one", "--now");
    assertThat(space.tryRun("wait", "cm/one", "--for=delete", "--timeout=10s").all())
        .doesNotContain("timed out");
  }

  private static void orphans(Space space) {
    space.run("create", "deployment", "web", "--image=argosy/demo:1", "--replicas=0");
    Eventually.until(
        Duration.ofSeconds(20),
        () -> space.run("get", "rs", "-o", "name"),
        names -> names.contains("web"));
    space.run("delete", "deployment", "web", "--cascade=orphan");
    assertThat(space.run("get", "rs", "-o", "jsonpath={.items[*].metadata.ownerReferences}"))
        .isEmpty();
    assertThat(space.run("get", "rs", "-o", "name")).contains("web");
  }

  private static void finalizes(Space space) {
    space.apply(
        Text.configMap("one", "red").replace("labels:", "finalizers: [example.com/hold], labels:"));
    space.run("delete", "cm", "one", "--wait=false");
    assertThat(space.run("get", "cm", "one", "-o", "jsonpath={.metadata.deletionTimestamp}"))
        .startsWith("20");
    space.run("patch", "cm", "one", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":null}}");
    assertThat(space.tryRun("get", "cm", "one").err()).contains("NotFound");
  }

  private static String colour(Space space) {
    return space.run("get", "cm", "one", "-o", "jsonpath={.data.colour}");
  }

  private static String web(Space space, String jsonPath) {
    return space.run("get", "deployment", "web", "-o", "jsonpath=" + jsonPath);
  }
}
