package dev.argosy.controllers.autoscale;

import dev.argosy.controllers.autoscale.Proposals.Proposal;
import dev.argosy.model.object.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Asks for all metrics of an autoscaler, and makes a number of replicas of each. */
final class Measuring {

  private final MetricsReader reader;

  Measuring(MetricsReader reader) {
    this.reader = reader;
  }

  /**
   * What it is about.
   *
   * @param pods all that the scale's selector means
   */
  record Scaled(ScalerView scaler, TargetScale scale, List<ScaledPod> pods, Instant now) {

    Scaled {
      pods = List.copyOf(pods);
    }

    ObjectKey key() {
      return scaler.key();
    }

    Tolerance tolerance() {
      return scaler.wish().tolerance();
    }

    InAll inAll() {
      int ready = (int) pods.stream().filter(ScaledPod::serves).count();
      return new InAll(scale.wanted(), scale.present(), ready, tolerance());
    }

    PerPod perPod(Map<String, Sample> samples, boolean cpu) {
      return new PerPod(PodGroups.of(pods, samples, cpu, now), scale.wanted(), tolerance());
    }
  }

  Proposals of(Scaled scaled) {
    return new Proposals(
        scaled.scaler().wish().metrics().stream()
            .map(source -> new Proposal(source, measure(scaled, source)))
            .toList());
  }

  private Reading<Measured> measure(Scaled scaled, MetricSource source) {
    return switch (source) {
      case MetricSource.Resource resource -> resource(scaled, resource);
      case MetricSource.Pods pods -> pods(scaled, pods);
      case MetricSource.OfObject object ->
          then(
              reader.object(scaled.key(), object.object(), object.metric()),
              "failed to get object metric value: ",
              used ->
                  inAll(
                      scaled,
                      object.object().kind() + " metric " + object.metric().name(),
                      object.target(),
                      used));
      case MetricSource.External external ->
          then(
              reader.external(scaled.key(), external.metric()),
              "failed to get " + external.metric().name() + " external metric value: ",
              used ->
                  inAll(
                      scaled,
                      "external metric " + external.metric().name(),
                      external.target(),
                      used));
      case MetricSource.Unknown(String type) ->
          new Reading.Unknown<>("unknown metric source type \"" + type + "\"");
    };
  }

  private Reading<Measured> resource(Scaled scaled, MetricSource.Resource resource) {
    String name = resource.name();
    boolean cpu = name.equals("cpu");
    String what =
        resource.target() instanceof Target.Utilization
            ? "failed to get " + name + " utilization: "
            : "failed to get " + name + " usage: ";
    return then(
        reader.resource(scaled.key(), scaled.scale().selector(), resource),
        what,
        samples -> {
          PerPod perPod = scaled.perPod(samples, cpu);
          return switch (resource.target()) {
            case Target.Utilization(int percent) -> perPod.utilization(resource, percent);
            case Target.AverageValue(long milli) -> perPod.average(name + " resource", milli);
            case Target.Value value -> perPod.average(name + " resource", value.milli());
          };
        });
  }

  private Reading<Measured> pods(Scaled scaled, MetricSource.Pods pods) {
    String name = pods.metric().name();
    long target =
        switch (pods.target()) {
          case Target.AverageValue(long milli) -> milli;
          case Target.Value(long milli) -> milli;
          case Target.Utilization(int percent) -> percent;
        };
    return then(
        reader.pods(scaled.key(), scaled.scale().selector(), pods.metric()),
        "failed to get pods metric value: ",
        samples -> scaled.perPod(samples, false).average("pods metric " + name, target));
  }

  private static Reading<Measured> inAll(Scaled scaled, String name, Target target, long used) {
    return switch (target) {
      case Target.AverageValue(long milli) -> scaled.inAll().average(name, used, milli);
      case Target.Value(long milli) -> scaled.inAll().total(name, used, milli);
      case Target.Utilization(int percent) -> scaled.inAll().total(name, used, percent);
    };
  }

  /** Goes on if there is something, and says of what is amiss what it was about. */
  private static <T> Reading<Measured> then(
      Reading<T> read, String what, Function<T, Reading<Measured>> next) {
    Reading<Measured> result =
        switch (read) {
          case Reading.Found<T>(T value) -> next.apply(value);
          case Reading.Unknown<T>(String why) -> new Reading.Unknown<>(why);
        };
    return result instanceof Reading.Unknown<Measured>(String why)
        ? new Reading.Unknown<>(what + why)
        : result;
  }
}
