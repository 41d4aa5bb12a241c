package dev.argosy.controllers.endpoints;

import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.controllers.topology.ZoneShares.Allotment;
import dev.argosy.controllers.topology.ZoneShares.Candidate;
import dev.argosy.controllers.topology.Zones;
import dev.argosy.model.event.EventRecorder;
import dev.argosy.model.event.Subject;
import dev.argosy.model.object.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hints of Services whose endpoints zones share, and what is said of them to their owners: each
 * thing once until something else is said. Any worker may enter, one for a Service.
 */
final class ZoneHints {

  private static final String ENABLED = "Topology Aware Hints has been enabled";

  private final Zones zones;
  private final EventRecorder events;
  private final Map<ObjectKey, Map<String, String>> told = new ConcurrentHashMap<>();

  ZoneHints(ControllerContext context) {
    this.zones = new Zones(context);
    this.events = context.events("endpoint-slice-controller");
  }

  void onChange(Runnable action) {
    zones.onChange(action);
  }

  /** The Service is none any more that has endpoints. */
  void forget(ObjectKey service) {
    told.remove(service);
  }

  /**
   * Gives the endpoints their hints, if zones share them.
   *
   * @param present slices, whose hints are kept as long as they may be
   */
  void hint(
      ServiceView service, Map<Backends.Group, List<Endpoint>> wanted, List<SliceView> present) {
    if (!service.zoned()) {
      Map<String, String> before = told.remove(service.key());
      if (before != null) {
        before.forEach((family, said) -> {
          if (said.equals(ENABLED)) {
            warn(service, family, "Topology Aware Hints has been disabled");
          }
        });
      }
      return;
    }
    Map<String, String> before = new HashMap<>();
    for (SliceView slice : present) {
      slice.endpoints().stream()
          .filter(endpoint -> !endpoint.hints().zones().isEmpty())
          .forEach(endpoint -> before.put(endpoint.id(), endpoint.hints().zones().getFirst()));
    }
    service.families().forEach(family -> hint(service, family, wanted, before));
  }

  private void hint(
      ServiceView service,
      String family,
      Map<Backends.Group, List<Endpoint>> wanted,
      Map<String, String> before) {
    List<Candidate> candidates = new ArrayList<>();
    wanted.forEach((group, endpoints) -> {
      if (group.family().equals(family)) {
        endpoints.stream()
            .filter(Endpoint::ready)
            .map(e -> new Candidate(e.id(), e.zone(), before.getOrDefault(e.id(), "")))
            .forEach(candidates::add);
      }
    });
    Map<String, String> allotted =
        switch (zones.of(service.key().cluster()).allot(candidates)) {
          case Allotment.Refused(String why) -> {
            say(service, family, why);
            yield Map.of();
          }
          case Allotment.Zoned(Map<String, String> zoned) -> {
            say(service, family, ENABLED);
            yield zoned;
          }
        };
    wanted.forEach((group, endpoints) -> {
      if (group.family().equals(family)) {
        endpoints.replaceAll(e -> {
          String zone = allotted.get(e.id());
          return e.with(zone == null ? Hints.NONE : Hints.forZone(zone));
        });
      }
    });
  }

  private void say(ServiceView service, String family, String what) {
    Map<String, String> said = told.computeIfAbsent(service.key(), k -> new ConcurrentHashMap<>());
    if (what.equals(said.put(family, what))) {
      return;
    }
    if (what.equals(ENABLED)) {
      events.normal(
          Subject.of("v1", "Service", service.object()),
          "TopologyAwareHintsEnabled",
          withFamily(what, family));
    } else {
      warn(service, family, what);
    }
  }

  private void warn(ServiceView service, String family, String what) {
    events.warning(
        Subject.of("v1", "Service", service.object()),
        "TopologyAwareHintsDisabled",
        withFamily(what, family));
  }

  private static String withFamily(String what, String family) {
    return what + ", addressType: " + family;
  }
}
