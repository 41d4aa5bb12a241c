package dev.argosy.server.registry;

import dev.argosy.model.status.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code ServiceCIDR}s: the nodes lead every pod's connections to the addresses of services, so a
 * range that is somebody's network cannot be a tenant's to take.
 */
final class ServiceRangeRules implements KindRules {

  private final FurtherRanges further;
  private final String words;

  /**
   * @param words what the platform allows, for people
   */
  ServiceRangeRules(FurtherRanges further, String words) {
    this.further = further;
    this.words = words;
  }

  @Override
  public List<Cause> problems(Write write, ObjectNode object, @Nullable ObjectNode old) {
    List<Cause> problems = new ArrayList<>();
    int index = 0;
    for (JsonNode cidr : object.path("spec").path("cidrs")) {
      Optional<Ipv4Range> range = Ipv4Range.of(cidr.asString(""));
      boolean kept = old != null && cidr.equals(old.path("spec").path("cidrs").path(index));
      if (!kept && range.isPresent() && !further.allowed(range.get())) {
        problems.add(
            ServiceRules.invalid(
                "spec.cidrs[" + index + "]",
                cidr.toString(),
                "must lie in a range that this platform leaves to services: " + words));
      }
      index++;
    }
    return problems;
  }
}
