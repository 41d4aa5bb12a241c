package dev.argosy.controllers.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.autoscale.ScalerView.Wish;
import dev.argosy.controllers.autoscale.ScalingRules.Policy;
import dev.argosy.controllers.autoscale.ScalingRules.Select;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is measured, replicas keep to their bounds and to the policies, and come to rest. */
class PaceProperties {

  private static final Duration PERIOD = Duration.ofSeconds(15);
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final long TARGET = 100;
  private static final int LOOKS = 200;

  private record At(Instant time, int replicas) {}

  /** Replicas that come and go, and what was at each time. */
  private static final class Run {
    final Wish wish;
    final Deque<At> past = new ArrayDeque<>();
    Recent recent;
    Instant now = BEGIN;
    int replicas;

    Run(Wish wish, int replicas) {
      this.wish = wish;
      this.replicas = replicas;
      this.recent = Recent.NOTHING.recommended(replicas, now, wish.longestWindow());
    }

    void look(int recommended) {
      Pace.Step step = new Pace(wish, replicas, recent, now).of(recommended);
      recent = recent.recommended(recommended, now, wish.longestWindow());
      if (step.replicas() != replicas) {
        recent = recent.changed(step.replicas() - replicas, now, wish.longestPeriod());
      }
      past.addLast(new At(now, replicas));
      replicas = step.replicas();
      now = now.plus(PERIOD);
    }

    /** How many there were at the first look of a period that ends with the newest. */
    int begin(Policy policy) {
      Instant begin = past.getLast().time().minus(policy.period());
      return past.stream()
          .filter(at -> at.time().isAfter(begin))
          .findFirst()
          .map(At::replicas)
          .orElse(replicas);
    }
  }

  @Property(tries = 300)
  void bounds_and_policies_hold_after_any_sequence(@ForAll long seed) {
    Random random = new Random(seed);
    Wish wish = wish(random);
    Run run = new Run(wish, wish.min() + random.nextInt(wish.max() - wish.min() + 1));
    for (int i = 0; i < LOOKS; i++) {
      int before = run.replicas;
      run.look(random.nextInt(3 * wish.max()));
      assertThat(run.replicas).as("seed %d", seed).isBetween(wish.min(), wish.max());
      if (run.replicas > before) {
        assertThat(allowed(run, wish.up(), true)).as("up, seed %d look %d", seed, i).isTrue();
      } else if (run.replicas < before) {
        assertThat(allowed(run, wish.down(), false)).as("down, seed %d look %d", seed, i).isTrue();
      }
    }
  }

  /** Whether one policy (with Min: each) allows what there is now. */
  private static boolean allowed(Run run, ScalingRules rules, boolean up) {
    if (rules.select() == Select.DISABLED) {
      return false;
    }
    var fits =
        rules.policies().stream()
            .map(policy -> {
              int begin = run.begin(policy);
              double change =
                  policy.percent() ? begin * policy.value() / 100.0 : (double) policy.value();
              return up
                  ? run.replicas <= Math.ceil(begin + change)
                  : run.replicas >= Math.floor(begin - change);
            });
    return rules.select() == Select.MAX ? fits.anyMatch(f -> f) : fits.allMatch(f -> f);
  }

  @Property(tries = 60)
  void with_a_constant_load_it_settles(@ForAll long seed) {
    Random random = new Random(seed);
    Wish wish = wish(random);
    if (wish.up().select() == Select.DISABLED || wish.down().select() == Select.DISABLED) {
      return;
    }
    Run run = new Run(wish, Math.max(1, wish.min()));
    for (int i = 0; i < 20; i++) {
      run.look(random.nextInt(2 * wish.max()));
    }
    long load = random.nextInt(2 * wish.max()) * TARGET;
    for (int i = 0; i < 700; i++) {
      run.look(byLoad(run, load));
    }
    int settled = run.replicas;
    for (int i = 0; i < 50; i++) {
      run.look(byLoad(run, load));
      assertThat(run.replicas).as("seed %d load %d", seed, load).isEqualTo(settled);
    }
  }

  private static int byLoad(Run run, long load) {
    Reading<Measured> reading =
        new InAll(run.replicas, run.replicas, run.replicas, run.wish.tolerance())
            .average("load", load, TARGET);
    return ((Reading.Found<Measured>) reading).value().replicas();
  }

  private static Wish wish(Random random) {
    int min = random.nextInt(5);
    return new Wish(
        new Reference("apps", "v1", "Deployment", "web"),
        min,
        min + 1 + random.nextInt(40),
        List.of(),
        rules(random),
        rules(random));
  }

  private static ScalingRules rules(Random random) {
    List<Policy> policies = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(3); i++) {
      boolean percent = i > 0 && random.nextBoolean();
      policies.add(
          new Policy(
              percent,
              1 + random.nextInt(percent ? 150 : 6),
              PERIOD.multipliedBy(1 + random.nextInt(8))));
    }
    return new ScalingRules(
        Duration.ofSeconds(random.nextInt(5) * 60L),
        Select.values()[random.nextInt(10) == 0 ? 2 : random.nextInt(2)],
        policies,
        0.1);
  }
}
