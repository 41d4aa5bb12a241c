package dev.argosy.controllers.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.autoscale.ScalerView.Wish;
import dev.argosy.model.object.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** "Configurable scaling behavior" of the Kubernetes page. */
class PaceTest {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private String behavior = "{}";
  private int min = 1;
  private int max = 100;
  private Recent recent = Recent.NOTHING;

  @Test
  void by_default_replicas_double_or_four_are_added() {
    assertThat(step(1, 50)).isEqualTo("5 ReadyForNewScale ScaleUpLimit");
    assertThat(step(10, 50)).isEqualTo("20 ReadyForNewScale ScaleUpLimit");
    assertThat(step(10, 15)).isEqualTo("15 ReadyForNewScale DesiredWithinRange");
  }

  @Test
  void by_default_all_may_go_once_nothing_more_was_recommended_for_five_minutes() {
    assertThat(step(80, 1)).isEqualTo("1 ReadyForNewScale DesiredWithinRange");
    recommended(60, Duration.ofSeconds(299));
    assertThat(step(80, 1)).isEqualTo("60 ScaleDownStabilized DesiredWithinRange");
    recent = Recent.NOTHING;
    recommended(60, Duration.ofSeconds(300));
    assertThat(step(80, 1)).isEqualTo("1 ReadyForNewScale DesiredWithinRange");
  }

  @Test
  void replicas_stay_between_the_least_and_the_most() {
    min = 3;
    max = 12;
    assertThat(step(10, 50)).isEqualTo("12 ReadyForNewScale TooManyReplicas");
    assertThat(step(10, 1)).isEqualTo("3 ReadyForNewScale TooFewReplicas");
    assertThat(step(12, 12)).isEqualTo("12 ReadyForNewScale DesiredWithinRange");
  }

  @Test
  void the_most_change_counts_by_default_and_the_least_with_min() {
    String policies =
        """
        {"scaleDown":{"stabilizationWindowSeconds":0,"selectPolicy":"%s","policies":[
          {"type":"Pods","value":4,"periodSeconds":60},
          {"type":"Percent","value":10,"periodSeconds":60}]}}
        """;
    behavior = policies.formatted("Max");
    assertThat(step(80, 10)).isEqualTo("72 ReadyForNewScale ScaleDownLimit");
    assertThat(step(20, 10)).isEqualTo("16 ReadyForNewScale ScaleDownLimit");
    behavior = policies.formatted("Min");
    assertThat(step(80, 10)).isEqualTo("76 ReadyForNewScale ScaleDownLimit");
    assertThat(step(20, 10)).isEqualTo("18 ReadyForNewScale ScaleDownLimit");
  }

  @Test
  void disabled_means_no_change_in_that_direction() {
    behavior = "{\"scaleDown\":{\"selectPolicy\":\"Disabled\",\"stabilizationWindowSeconds\":0}}";
    assertThat(step(20, 10)).isEqualTo("20 ReadyForNewScale ScaleDownLimit");
    assertThat(step(20, 30)).isEqualTo("30 ReadyForNewScale DesiredWithinRange");
    behavior = "{\"scaleUp\":{\"selectPolicy\":\"Disabled\"}}";
    assertThat(step(20, 30)).isEqualTo("20 ReadyForNewScale ScaleUpLimit");
  }

  @Test
  void what_changed_within_a_period_counts() {
    behavior =
        """
        {"scaleUp":{"policies":[{"type":"Pods","value":5,"periodSeconds":60}]},
         "scaleDown":{"stabilizationWindowSeconds":0,
           "policies":[{"type":"Percent","value":10,"periodSeconds":60}]}}
        """;
    changed(3, Duration.ofSeconds(30));
    assertThat(step(13, 50)).isEqualTo("15 ReadyForNewScale ScaleUpLimit");
    changed(2, Duration.ofSeconds(10));
    assertThat(step(15, 50)).isEqualTo("15 ReadyForNewScale ScaleUpLimit");
    recent = Recent.NOTHING;
    changed(-10, Duration.ofSeconds(59));
    assertThat(step(90, 10)).isEqualTo("90 ReadyForNewScale ScaleDownLimit");
    recent = Recent.NOTHING;
    changed(-10, Duration.ofSeconds(60));
    assertThat(step(90, 10)).isEqualTo("81 ReadyForNewScale ScaleDownLimit");
  }

  @Test
  void with_a_window_for_more_the_lowest_recommendation_counts() {
    behavior = "{\"scaleUp\":{\"stabilizationWindowSeconds\":60}}";
    recommended(12, Duration.ofSeconds(59));
    recommended(18, Duration.ofSeconds(30));
    assertThat(step(10, 20)).isEqualTo("12 ScaleUpStabilized DesiredWithinRange");
    recent = Recent.NOTHING;
    recommended(5, Duration.ofSeconds(59));
    assertThat(step(10, 20)).isEqualTo("10 ScaleUpStabilized DesiredWithinRange");
  }

  @Test
  void zero_is_left_and_reached() {
    min = 0;
    assertThat(step(0, 3)).isEqualTo("3 ReadyForNewScale DesiredWithinRange");
    assertThat(step(3, 0)).isEqualTo("0 ReadyForNewScale DesiredWithinRange");
  }

  @Test
  void a_small_percentage_still_adds_one() {
    behavior =
        "{\"scaleUp\":{\"policies\":[{\"type\":\"Percent\",\"value\":10,\"periodSeconds\":60}]}}";
    assertThat(step(2, 9)).isEqualTo("3 ReadyForNewScale ScaleUpLimit");
  }

  private void recommended(int count, Duration ago) {
    recent = recent.recommended(count, NOW.minus(ago), HOUR);
  }

  private void changed(int by, Duration ago) {
    recent = recent.changed(by, NOW.minus(ago), HOUR);
  }

  private String step(int current, int recommended) {
    JsonNode rules = Json.mapper().readTree(behavior);
    Wish wish =
        new Wish(
            new Reference("apps", "v1", "Deployment", "web"),
            min,
            max,
            List.of(),
            ScalingRules.of(rules.path("scaleUp"), ScalingRules.UP),
            ScalingRules.of(rules.path("scaleDown"), ScalingRules.DOWN));
    Pace.Step step = new Pace(wish, current, recent, NOW).of(recommended);
    assertThat(step.limited().yes()).isNotEqualTo(step.limited().reason().endsWith("Range"));
    return step.replicas() + " " + step.able().reason() + " " + step.limited().reason();
  }
}
