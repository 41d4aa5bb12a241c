package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Eventually;
import dev.argosy.e2e.Space;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the platform tells about itself. */
class ObservationTest {

  private static final String EVENTS = "read events";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TestFactory
  Stream<DynamicTest> observation() {
    return new Part("Audit, events, metrics")
        .kubectl(EVENTS, ObservationTest::events)
        .kubectlSince(28, "read events of one object", ObservationTest::eventsOfOne)
        .kubectl("read versions and health", ObservationTest::health)
        .fabric8(EVENTS, ObservationTest::events)
        .script(Script.javascript(), EVENTS)
        .tests();
  }

  private static void events(Space space) {
    noNode(space);
    Eventually.until(
        SOON,
        () -> space.run("get", "events", "--field-selector", "involvedObject.name=stuck"),
        said -> said.contains("FailedScheduling"));
    assertThat(space.run("get", "events", "-o", "wide", "--sort-by=.lastTimestamp"))
        .contains("SUBOBJECT", "node");
    assertThat(space.run("describe", "pod", "stuck")).contains("Events:", "FailedScheduling");
    assertThat(space.run("get", "events.v1.events.k8s.io")).contains("FailedScheduling");
  }

  private static void eventsOfOne(Space space) {
    noNode(space);
    Eventually.until(
        SOON,
        () -> space.run("events", "--for=pod/stuck"),
        said -> said.contains("FailedScheduling"));
    assertThat(space.run("events", "--types=Normal")).doesNotContain("FailedScheduling");
  }

  private static void noNode(Space space) {
    space.apply(
        Text.talkingPod()
            .replace("name: talk", "name: stuck")
            .replace("spec:\n", "spec:\n  nodeSelector: {none: such}\n"));
  }

  private static void health(Space space) {
    assertThat(space.run("version")).contains("v1.35");
    assertThat(space.run("get", "--raw", "/readyz")).isEqualTo("ok");
    assertThat(space.run("get", "--raw", "/livez?verbose")).contains("livez check passed");
  }

  private static void events(Fabric8 place) {
    Event event =
        new io.fabric8.kubernetes.api.model.EventBuilder()
            .withNewMetadata()
            .withName("told")
            .endMetadata()
            .withReason("Told")
            .withType("Normal")
            .withNewInvolvedObject()
            .withKind("Pod")
            .withNamespace(place.namespace())
            .withName("none")
            .endInvolvedObject()
            .build();
    var events = place.client().v1().events().inNamespace(place.namespace());
    events.resource(event).create();
    assertThat(events.withField("reason", "Told").list().getItems()).hasSize(1);
    assertThat(
            place
                .client()
                .events()
                .v1()
                .events()
                .inNamespace(place.namespace())
                .withName("told")
                .get()
                .getReason())
        .isEqualTo("Told");
  }
}
