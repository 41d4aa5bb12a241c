package dev.argosy.controllers.autoscale;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.event.Subject;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A HorizontalPodAutoscaler as its controller sees it. */
record ScalerView(ApiObject object, Wish wish) {

  static final InformerSpec<ScalerView> EVERYWHERE =
      InformerSpec.of(ResourceScope.everywhere(Kinds.AUTOSCALERS), ScalerView::of);

  /** What its spec says. */
  record Wish(
      Reference target,
      int min,
      int max,
      List<MetricSource> metrics,
      ScalingRules up,
      ScalingRules down) {

    Wish {
      metrics = List.copyOf(metrics);
    }

    /** How long a change counts for a policy. */
    Duration longestPeriod() {
      Duration one = up.longest();
      Duration other = down.longest();
      return one.compareTo(other) > 0 ? one : other;
    }

    /** How long a recommendation counts. */
    Duration longestWindow() {
      return up.window().compareTo(down.window()) > 0 ? up.window() : down.window();
    }

    Tolerance tolerance() {
      return new Tolerance(down.tolerance(), up.tolerance());
    }
  }

  static ScalerView of(ApiObject object) {
    JsonNode spec = object.content().path("spec");
    List<MetricSource> metrics = new ArrayList<>();
    spec.path("metrics").forEach(metric -> metrics.add(MetricSource.of(metric)));
    JsonNode behavior = spec.path("behavior");
    return new ScalerView(
        object,
        new Wish(
            Reference.of(spec.path("scaleTargetRef")),
            spec.path("minReplicas").asInt(1),
            spec.path("maxReplicas").asInt(0),
            metrics,
            ScalingRules.of(behavior.path("scaleUp"), ScalingRules.UP),
            ScalingRules.of(behavior.path("scaleDown"), ScalingRules.DOWN)));
  }

  ObjectKey key() {
    return object.key();
  }

  /** Its namespace among all of all clusters. */
  String place() {
    return PodView.place(key().cluster(), key().namespace());
  }

  Subject subject() {
    return Subject.of("autoscaling/v2", "HorizontalPodAutoscaler", object);
  }
}
