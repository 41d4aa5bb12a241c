package dev.argosy.controllers.autoscale;

import dev.argosy.controllers.condition.Condition;
import dev.argosy.controllers.pod.PodView;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.quantity.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A pod of what is scaled.
 *
 * @param started when its node first saw it
 * @param ready its condition, if it has one
 * @param whole what the pod as such requests, in thousandths
 * @param containers in the order of the pod; init containers only if they go on beside the others
 */
record ScaledPod(
    String name,
    String phase,
    boolean deleting,
    Optional<Instant> started,
    Optional<Readiness> ready,
    Map<String, Long> whole,
    List<Container> containers) {

  /** The condition Ready. */
  record Readiness(boolean ready, Instant since) {}

  /** What a container requests, in thousandths. */
  record Container(String name, Map<String, Long> requests) {
    Container {
      requests = Map.copyOf(requests);
    }
  }

  ScaledPod {
    whole = Map.copyOf(whole);
    containers = List.copyOf(containers);
  }

  /** Decoded once per revision. */
  static ScaledPod of(PodView pod) {
    return pod.object().derived(ScaledPod.class, ScaledPod.class, ScaledPod::decode);
  }

  static ScaledPod decode(ApiObject object) {
    JsonNode tree = object.content();
    JsonNode spec = tree.path("spec");
    JsonNode status = tree.path("status");
    List<Container> containers = new ArrayList<>();
    spec.path("containers").forEach(container -> containers.add(container(container)));
    for (JsonNode init : spec.path("initContainers")) {
      if (init.path("restartPolicy").asString("").equals("Always")) {
        containers.add(container(init));
      }
    }
    String started = status.path("startTime").asString("");
    return new ScaledPod(
        object.name(),
        status.path("phase").asString(""),
        object.meta().deleting(),
        started.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(started)),
        Condition.find(Condition.read(status), "Ready")
            .map(c -> new Readiness(c.status().equals("True"), time(c.changed()))),
        requests(spec),
        containers);
  }

  private static Instant time(String text) {
    return text.isEmpty() ? Instant.EPOCH : Instant.parse(text);
  }

  private static Container container(JsonNode container) {
    return new Container(container.path("name").asString(""), requests(container));
  }

  private static Map<String, Long> requests(JsonNode of) {
    Map<String, Long> requests = new TreeMap<>();
    of.path("resources")
        .path("requests")
        .forEachEntry((resource, amount) ->
            requests.put(resource, Quantity.parse(amount.asString("0")).milliValue()));
    return requests;
  }

  /** Whether it runs and is ready. */
  boolean serves() {
    return phase.equals("Running") && !deleting && ready.filter(Readiness::ready).isPresent();
  }

  /**
   * What it requests of a resource.
   *
   * @param container only this one; empty for all
   */
  Reading<Long> requests(String resource, Optional<String> container) {
    Long ofPod = whole.get(resource);
    if (container.isEmpty() && ofPod != null) {
      return new Reading.Found<>(ofPod);
    }
    long sum = 0;
    boolean seen = false;
    for (Container one : containers) {
      if (container.isEmpty() || container.get().equals(one.name())) {
        Long amount = one.requests().get(resource);
        if (amount == null) {
          return new Reading.Unknown<>(
              "missing request for %s in container %s of Pod %s"
                  .formatted(resource, one.name(), name));
        }
        seen = true;
        sum += amount;
      }
    }
    return seen
        ? new Reading.Found<>(sum)
        : new Reading.Unknown<>(
            "container %s is not present in Pod %s".formatted(container.orElse(""), name));
  }
}
