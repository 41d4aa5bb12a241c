package dev.argosy.controllers.autoscale;

import dev.argosy.controllers.autoscale.Measuring.Scaled;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.model.selector.SelectorSyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Decides how many replicas one autoscaler asks for now, and what it says of itself. */
final class Autoscaler {

  private final Informer<PodView> pods;
  private final Measuring measuring;
  private final Selectors selectors;

  Autoscaler(Informer<PodView> pods, Measuring measuring, Selectors selectors) {
    this.pods = pods;
    this.measuring = measuring;
    this.selectors = selectors;
  }

  /**
   * What is to be done.
   *
   * @param replicas how many there shall be; empty if that is not known
   * @param why the number changes
   * @param recent what to remember
   */
  record Decision(Optional<Integer> replicas, String why, Recent recent) {}

  /** What it goes by, and tells. */
  record Look(ScalerView scaler, TargetScale scale, ScalerStatus status, Telling telling) {}

  Decision decide(Look look, Recent recent, Instant now) {
    int current = look.scale().wanted();
    ScalerView.Wish wish = look.scaler().wish();
    if (current == 0 && wish.min() != 0) {
      look.status()
          .condition(
              ScalerStatus.ACTIVE,
              false,
              "ScalingDisabled",
              "scaling is disabled since the replica count of the target is zero");
      return new Decision(Optional.of(0), "", recent);
    }
    if (current > wish.max()) {
      return new Decision(
          Optional.of(wish.max()), "Current number of replicas above Spec.MaxReplicas", recent);
    }
    if (current < wish.min()) {
      return new Decision(
          Optional.of(wish.min()), "Current number of replicas below Spec.MinReplicas", recent);
    }
    return scaled(look, now)
        .map(scaled -> measured(look, scaled, recent))
        .orElseGet(() -> new Decision(Optional.empty(), "", recent));
  }

  /** The pods that it is about; empty if they cannot be told from others. */
  private Optional<Scaled> scaled(Look look, Instant now) {
    String text = look.scale().selector();
    if (text.isEmpty()) {
      look.telling().warning("SelectorRequired", "selector is required");
      return unselected(look, "InvalidSelector", "the HPA target's scale is missing a selector");
    }
    LabelSelector selector;
    try {
      selector = LabelSelector.parse(text);
    } catch (SelectorSyntaxException e) {
      String why = "couldn't convert selector into a corresponding internal selector object: ";
      look.telling().warning("InvalidSelector", why + e.getMessage());
      return unselected(look, "InvalidSelector", why + e.getMessage());
    }
    List<PodView> mine =
        pods.find(PodView.BY_NAMESPACE, look.scaler().place()).stream()
            .filter(pod -> selector.matches(pod.object().meta().labels()))
            .toList();
    List<String> claimants = selectors.claim(look.scaler(), selector, mine);
    if (claimants.size() > 1) {
      String why =
          "pods by selector %s are controlled by multiple HPAs: [%s]"
              .formatted(text, String.join(" ", claimants));
      look.telling().warning("AmbiguousSelector", why);
      return unselected(look, "AmbiguousSelector", why);
    }
    return Optional.of(
        new Scaled(look.scaler(), look.scale(), mine.stream().map(ScaledPod::of).toList(), now));
  }

  private static Optional<Scaled> unselected(Look look, String reason, String message) {
    look.status().condition(ScalerStatus.ACTIVE, false, reason, message);
    return Optional.empty();
  }

  private Decision measured(Look look, Scaled scaled, Recent recent) {
    int current = look.scale().wanted();
    Proposals proposals = measuring.of(scaled);
    look.telling().metrics(proposals);
    for (Proposals.Failure failure : proposals.failures()) {
      look.telling().warning(failure.reason(), failure.why());
    }
    Optional<Measured> found = proposals.counting(current);
    if (found.isEmpty()) {
      Proposals.Failure first = proposals.failures().getFirst();
      look.status()
          .condition(
              ScalerStatus.ACTIVE,
              false,
              first.reason(),
              "the HPA was unable to compute the replica count: " + first.why());
      look.telling().warning("FailedComputeMetricsReplicas", proposals.trouble());
      return new Decision(Optional.empty(), "", recent);
    }
    Measured highest = found.get();
    look.status()
        .condition(
            ScalerStatus.ACTIVE,
            true,
            "ValidMetricFound",
            "the HPA was able to successfully calculate a replica count from " + highest.name());
    return paced(look, highest, recent, scaled.now());
  }

  private static Decision paced(Look look, Measured highest, Recent recent, Instant now) {
    ScalerView.Wish wish = look.scaler().wish();
    int current = look.scale().wanted();
    Duration kept = wish.longestWindow();
    Recent known =
        recent.recommendations().isEmpty() ? recent.recommended(current, now, kept) : recent;
    Pace.Step step = new Pace(wish, current, known, now).of(highest.replicas());
    look.status().condition(ScalerStatus.ABLE, step.able());
    look.status().condition(ScalerStatus.LIMITED, step.limited());
    String why =
        step.replicas() > current ? highest.name() + " above target" : "All metrics below target";
    return new Decision(
        Optional.of(step.replicas()), why, known.recommended(highest.replicas(), now, kept));
  }
}
