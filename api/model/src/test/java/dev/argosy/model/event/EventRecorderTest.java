package dev.argosy.model.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.time.ManualTimers;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EventRecorderTest {

  private final ManualTimers timers = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  private final FakeApi api = new FakeApi(timers.clock(), "acme");
  private final EventRecorder events =
      new EventRecorder(api.client(), "tester", "n1", timers.clock());
  private final Subject pod = new Subject("acme", "v1", "Pod", "default", "web", "uid-1", "5", "");

  @AfterEach
  void close() {
    events.close();
  }

  @Test
  void what_repeats_is_counted() {
    events.warning(pod, "BackOff", "again");
    events.warning(pod, "BackOff", "again");
    events.warning(pod, "BackOff", "again");
    assertThat(
            api.await(
                () -> all().size() == 1 && all().getFirst().tree().path("count").asInt(0) == 3))
        .isTrue();
    JsonNode event = all().getFirst().tree();
    assertThat(event.at("/involvedObject/uid").asString("")).isEqualTo("uid-1");
    assertThat(event.at("/source/host").asString("")).isEqualTo("n1");
    assertThat(event.path("type").asString("")).isEqualTo("Warning");
  }

  @Test
  void two_who_tell_of_one_object_at_the_same_moment_are_both_heard() {
    try (EventRecorder other = new EventRecorder(api.client(), "other", "n1", timers.clock())) {
      for (int i = 0; i < 3; i++) {
        events.normal(pod, "Made", "by one " + i);
        other.normal(pod, "Made", "by another " + i);
      }
      assertThat(api.await(() -> all().size() == 6)).isTrue();
    }
  }

  @Test
  void a_flood_about_one_object_is_cut_off_and_others_get_through() {
    for (int i = 0; i < 100; i++) {
      events.normal(pod, "Flood", "number " + i);
    }
    events.normal(new Subject("acme", "v1", "Node", "", "n1", "uid-2", "", ""), "Other", "through");
    assertThat(
            api.await(() ->
                all().stream().anyMatch(e -> e.tree().path("reason").asString("").equals("Other"))))
        .isTrue();
    assertThat(all()).hasSize(EventRecorder.BURST + 1);
  }

  private List<ApiObject> all() {
    return api.client()
        .list(
            ResourceScope.cluster(new GroupResource("", "events"), "acme"), ListOptions.EVERYTHING)
        .orThrow()
        .items();
  }
}
