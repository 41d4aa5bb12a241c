package dev.argosy.controllers.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.autoscale.Measured.Current;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics of type Object and External. */
class InAllTest {

  private static final Tolerance TENTH = new Tolerance(0.1, 0.1);

  @ParameterizedTest
  @CsvSource({
    "3, 3, 20, 10, 6",
    "3, 2, 20, 10, 4", // of the ready ones
    "3, 3, 10.9, 10, 3",
    "3, 3, 4, 10, 2",
    "0, 0, 25, 10, 3", // from zero: as many as it is too much
    "0, 0, 0, 10, 0",
    "1, 1, 0, 10, 0" // to zero, if the least number is
  })
  void a_value_in_all(int wanted, int ready, double used, double target, int next) {
    InAll three = new InAll(wanted, wanted, ready, TENTH);
    assertThat(three.total("m", (long) (used * 1000), (long) (target * 1000)))
        .isEqualTo(
            new Reading.Found<>(new Measured(next, "m", new Current.Total((long) (used * 1000)))));
  }

  @ParameterizedTest
  @CsvSource({
    "3, 100, 10, 10, 34", // so many that each has the target
    "3, 32, 10, 3, 11",
    "3, 45, 10, 5, 15",
    "0, 45, 10, 5, 45", // of none there is no average
    "0, 0, 10, 0, 0"
  })
  void an_average_for_each_pod(int present, long used, long target, int next, long average) {
    assertThat(new InAll(present, present, present, TENTH).average("m", used, target))
        .isEqualTo(new Reading.Found<>(new Measured(next, "m", new Current.Average(average))));
  }

  @Test
  void a_ratio_of_no_ready_pod_says_nothing() {
    assertThat(new InAll(2, 2, 0, TENTH).total("m", 30, 10)).isInstanceOf(Reading.Unknown.class);
    assertThat(new InAll(2, 2, 0, TENTH).total("m", 10, 10)).isInstanceOf(Reading.Found.class);
  }

  @Test
  void each_direction_has_its_own_tolerance() {
    Tolerance uneven = new Tolerance(0.05, 0.5);
    assertThat(uneven.covers(1.5)).isTrue();
    assertThat(uneven.covers(1.51)).isFalse();
    assertThat(uneven.covers(0.95)).isTrue();
    assertThat(uneven.covers(0.94)).isFalse();
  }
}
