package dev.argosy.controllers.autoscale;

import dev.argosy.controllers.autoscale.ScalingRules.Policy;
import dev.argosy.controllers.autoscale.ScalingRules.Select;
import java.time.Instant;
import java.util.stream.IntStream;

/**
 * What of a recommendation comes into force now: not what is soon taken back, and not faster than
 * the policies have it.
 *
 * @param current how many are wanted so far
 * @param recent without this recommendation
 */
record Pace(ScalerView.Wish wish, int current, Recent recent, Instant now) {

  /**
   * What is done.
   *
   * @param able what the condition AbleToScale says
   * @param limited what ScalingLimited says; true if there are bounds
   */
  record Step(int replicas, Saying able, Saying limited) {}

  /** A condition. */
  record Saying(boolean yes, String reason, String message) {}

  private static final Saying READY =
      new Saying(true, "ReadyForNewScale", "recommended size matches current size");
  private static final Saying LATER_UP =
      new Saying(
          true,
          "ScaleUpStabilized",
          "recent recommendations were lower than current one, using the lowest recent"
              + " recommendation");
  private static final Saying LATER_DOWN =
      new Saying(
          true,
          "ScaleDownStabilized",
          "recent recommendations were higher than current one, using the highest recent"
              + " recommendation");
  private static final Saying WITHIN =
      new Saying(false, "DesiredWithinRange", "the desired count is within the acceptable range");
  private static final Saying TOO_FAST_UP =
      new Saying(
          true,
          "ScaleUpLimit",
          "the desired replica count is increasing faster than the maximum scale rate");
  private static final Saying TOO_FAST_DOWN =
      new Saying(
          true,
          "ScaleDownLimit",
          "the desired replica count is decreasing faster than the maximum scale rate");
  private static final Saying TOO_MANY =
      new Saying(
          true,
          "TooManyReplicas",
          "the desired replica count is more than the maximum replica count");
  private static final Saying TOO_FEW =
      new Saying(
          true,
          "TooFewReplicas",
          "the desired replica count is less than the minimum replica count");

  Step of(int recommended) {
    int calm = stabilized(recommended);
    Saying able = calm == recommended ? READY : calm < recommended ? LATER_UP : LATER_DOWN;
    if (calm > current) {
      int most = Math.max(current, up());
      Saying bound = most < wish.max() ? TOO_FAST_UP : TOO_MANY;
      int next = Math.min(calm, Math.min(most, wish.max()));
      return new Step(next, able, next < calm ? bound : WITHIN);
    }
    int least = calm < current ? Math.min(current, down()) : wish.min();
    Saying bound = least > wish.min() ? TOO_FAST_DOWN : TOO_FEW;
    int next = Math.max(calm, Math.max(least, wish.min()));
    return new Step(next, able, next > calm ? bound : WITHIN);
  }

  private int stabilized(int recommended) {
    int low = recent.lowest(recommended, now.minus(wish.up().window()));
    int high = recent.highest(recommended, now.minus(wish.down().window()));
    return Math.min(Math.max(current, low), high);
  }

  private int up() {
    return choose(
        wish.up(),
        wish.up().select() == Select.MAX,
        policy -> {
          int begin = begin(policy);
          return policy.percent()
              ? (int)
                  Math.min(
                      Integer.MAX_VALUE, Math.ceilDiv((long) begin * (100 + policy.value()), 100))
              : begin + policy.value();
        });
  }

  private int down() {
    return choose(
        wish.down(),
        wish.down().select() == Select.MIN,
        policy -> {
          int begin = begin(policy);
          return policy.percent()
              ? (int) Math.max(0, (long) begin * (100 - policy.value()) / 100)
              : begin - policy.value();
        });
  }

  /** How many there were when the period began. */
  private int begin(Policy policy) {
    return current - recent.changeSince(now.minus(policy.period()));
  }

  private interface Bound {
    int of(Policy policy);
  }

  private int choose(ScalingRules rules, boolean highest, Bound bound) {
    if (rules.select() == Select.DISABLED) {
      return current;
    }
    IntStream bounds = rules.policies().stream().mapToInt(bound::of);
    return (highest ? bounds.max() : bounds.min()).orElse(current);
  }
}
