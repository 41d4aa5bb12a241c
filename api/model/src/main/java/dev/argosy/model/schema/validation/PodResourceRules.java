package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.quantity.Quantity;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a pod as a whole asks for: amounts for all its containers together, and devices. */
final class PodResourceRules {

  private static final String HUGE = "hugepages-";
  private static final Set<String> NAMES = Set.of("cpu", "memory");

  private PodResourceRules() {}

  static void validate(JsonNode spec, Path path, Checks checks) {
    Set<String> claims = claims(spec.path("resourceClaims"), path.child("resourceClaims"), checks);
    for (String list : List.of("containers", "initContainers")) {
      JsonNode containers = spec.path(list);
      for (int i = 0; i < containers.size(); i++) {
        used(
            containers.get(i).path("resources").path("claims"),
            claims,
            path.child(list).at(i).child("resources", "claims"),
            checks);
      }
    }
    if (spec.has("resources")) {
      together(spec, path.child("resources"), checks);
    }
  }

  private static Set<String> claims(JsonNode claims, Path path, Checks checks) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < claims.size(); i++) {
      JsonNode claim = claims.get(i);
      String name = claim.path("name").asString("");
      Path at = path.at(i);
      if (name.isEmpty()) {
        checks.required(at.child("name"), "");
      } else {
        checks.invalidAll(at.child("name"), name, NameRules.dnsLabel(name));
        if (!names.add(name)) {
          checks.duplicate(at.child("name"), name);
        }
      }
      claimSource(claim, at, checks);
    }
    return names;
  }

  private static void claimSource(JsonNode claim, Path path, Checks checks) {
    boolean named = claim.has("resourceClaimName");
    boolean template = claim.has("resourceClaimTemplateName");
    if (named && template) {
      checks.invalid(
          path,
          claim,
          "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
    } else if (!named && !template) {
      checks.invalid(
          path, claim, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
    }
    for (String field : List.of("resourceClaimName", "resourceClaimTemplateName")) {
      if (claim.has(field)) {
        String name = claim.path(field).asString("");
        checks.invalidAll(path.child(field), name, NameRules.dnsSubdomain(name));
      }
    }
  }

  private static void used(JsonNode claims, Set<String> known, Path path, Checks checks) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < claims.size(); i++) {
      String name = claims.get(i).path("name").asString("");
      if (name.isEmpty()) {
        checks.required(path.at(i).child("name"), "");
        continue;
      }
      String whole = name + "/" + claims.get(i).path("request").asString("");
      if (!seen.add(whole)) {
        checks.duplicate(path.at(i), whole.endsWith("/") ? name : whole);
      } else if (!known.contains(name)) {
        checks.notFound(path.at(i), name);
      }
    }
  }

  private static void together(JsonNode spec, Path path, Checks checks) {
    JsonNode resources = spec.path("resources");
    if (resources.has("claims")) {
      checks.forbidden(path.child("claims"), "claims may not be set for Resources at pod-level");
    }
    for (String list : List.of("limits", "requests")) {
      for (String name : resources.path(list).propertyNames()) {
        if (!NAMES.contains(name) && !name.startsWith(HUGE)) {
          checks.notSupported(path.child(list).key(name), name, List.of("cpu", HUGE, "memory"));
        }
      }
      ResourceRules.amounts(resources.path(list), path.child(list), checks);
    }
    for (Map.Entry<String, JsonNode> request : resources.path("requests").properties()) {
      Path at = path.child("requests").key(request.getKey());
      Quantity asked = Quantity.parse(request.getValue().asString("0"));
      JsonNode limit = resources.path("limits").path(request.getKey());
      if (!limit.isMissingNode() && asked.compareTo(Quantity.parse(limit.asString("0"))) > 0) {
        checks.invalid(
            at,
            request.getValue(),
            "must be less than or equal to "
                + request.getKey()
                + " limit of "
                + limit.asString("0"));
      }
      Quantity sum = ofContainers(spec, request.getKey());
      if (asked.compareTo(sum) < 0) {
        checks.invalid(
            at,
            request.getValue(),
            "must be greater than or equal to aggregate container requests of " + sum);
      }
    }
  }

  /** What the containers ask for at the time when they ask for the most. */
  private static Quantity ofContainers(JsonNode spec, String name) {
    Quantity running = Quantity.ZERO;
    Quantity most = Quantity.ZERO;
    for (JsonNode container : spec.path("initContainers")) {
      Quantity own = request(container, name);
      if (container.path("restartPolicy").asString("").equals("Always")) {
        running = running.add(own);
      } else if (running.add(own).compareTo(most) > 0) {
        most = running.add(own);
      }
    }
    for (JsonNode container : spec.path("containers")) {
      running = running.add(request(container, name));
    }
    return running.compareTo(most) > 0 ? running : most;
  }

  private static Quantity request(JsonNode container, String name) {
    JsonNode amount = container.path("resources").path("requests").path(name);
    return Quantity.parse(amount.asString("0"));
  }
}
