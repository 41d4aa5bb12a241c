package dev.argosy.controllers.endpoints;

import dev.argosy.controllers.pod.PodView;
import dev.argosy.controllers.runtime.BySelector;
import dev.argosy.controllers.runtime.Kinds;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.informer.Index;
import dev.argosy.model.informer.InformerSpec;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A Service as its controllers see it.
 *
 * @param selector empty if its endpoints are kept by somebody else
 * @param families {@code IPv4}, {@code IPv6} or both
 * @param distribution where clients shall go first; empty if it says nothing
 */
record ServiceView(
    ApiObject object,
    Optional<LabelSelector> selector,
    boolean headless,
    boolean publishNotReady,
    List<String> families,
    String distribution,
    List<ServicePort> ports) {

  /** Finds, by this name, those whose endpoints zones share. */
  static final String ZONED = "zoned";

  private static final String MODE = "service.kubernetes.io/topology-mode";

  /** The mode's name of before; it goes first. */
  private static final String OLD_MODE = "service.kubernetes.io/topology-aware-hints";

  static final BySelector<ServiceView> BY_SELECTOR =
      new BySelector<>(
          ServiceView::object, service -> service.selector().orElse(LabelSelector.NOTHING));

  static final InformerSpec<ServiceView> EVERYWHERE =
      InformerSpec.of(
          ResourceScope.everywhere(Kinds.SERVICES),
          ServiceView::of,
          BY_SELECTOR.index(),
          new Index<>(ZONED, service -> service.zoned() ? List.of(ZONED) : List.of()));

  static ServiceView of(ApiObject object) {
    JsonNode spec = object.content().path("spec");
    List<ServicePort> ports = new ArrayList<>();
    spec.path("ports").forEach(port -> ports.add(ServicePort.of(port)));
    List<String> families = new ArrayList<>();
    spec.path("ipFamilies").forEach(family -> families.add(family.asString("")));
    return new ServiceView(
        object,
        selector(spec),
        spec.path("clusterIP").asString("").equals("None"),
        spec.path("publishNotReadyAddresses").asBoolean(false),
        families.isEmpty() ? List.of("IPv4") : List.copyOf(families),
        spec.path("trafficDistribution").asString(""),
        List.copyOf(ports));
  }

  private static Optional<LabelSelector> selector(JsonNode spec) {
    Map<String, String> labels = new LinkedHashMap<>();
    spec.path("selector").forEachEntry((key, value) -> labels.put(key, value.asString("")));
    boolean external = spec.path("type").asString("").equals("ExternalName");
    return labels.isEmpty() || external
        ? Optional.empty()
        : Optional.of(LabelSelector.ofLabels(labels));
  }

  ObjectKey key() {
    return object.key();
  }

  String name() {
    return object.name();
  }

  /** Whether zones share its endpoints by their processors, whatever its distribution says. */
  boolean zoned() {
    Map<String, String> annotations = object.meta().annotations();
    String mode = annotations.getOrDefault(OLD_MODE, annotations.getOrDefault(MODE, ""));
    return mode.equals("Auto") || mode.equals("auto");
  }

  boolean selects(PodView pod) {
    return selector.filter(s -> s.matches(pod.object().meta().labels())).isPresent();
  }
}
