package dev.argosy.server.webhook;

import dev.argosy.model.status.Cause;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.admission.ObjectLookup;
import dev.argosy.server.cel.Bindings;
import dev.argosy.server.cel.CelEnvironment;
import dev.argosy.server.cel.Shape;
import dev.argosy.server.policy.MatchConditions;
import dev.argosy.server.policy.MatchConditions.Match;
import dev.argosy.server.policy.RequestVariables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compiles and evaluates the {@code matchConditions} of webhooks, which know the request, its
 * objects and the authorizer, but no namespace. All threads may enter.
 */
final class Conditions {

  private final ObjectLookup lookup;
  private final Authorizer authorizer;
  private @Nullable CelEnvironment environment;

  Conditions(ObjectLookup lookup, Authorizer authorizer) {
    this.lookup = lookup;
    this.authorizer = authorizer;
  }

  /** Made for the first condition: most servers never see one. */
  private synchronized CelEnvironment environment() {
    CelEnvironment made = environment;
    if (made == null) {
      Map<String, Shape> shapes = new HashMap<>(RequestVariables.shapes());
      shapes.remove("namespaceObject");
      made = CelEnvironment.of(shapes);
      environment = made;
    }
    return made;
  }

  /** The conditions of a hook that was checked when it was written. */
  Compiled compile(JsonNode conditions) {
    if (conditions.isEmpty()) {
      return new Compiled(MatchConditions.NONE, List.of());
    }
    MatchConditions.Parsed parsed =
        MatchConditions.parse(conditions, "matchConditions", environment());
    return new Compiled(parsed.conditions(), parsed.causes());
  }

  /**
   * Conditions, read.
   *
   * @param causes what is wrong with them
   */
  record Compiled(MatchConditions conditions, List<Cause> causes) {}

  /** What is wrong with conditions at that path. */
  List<Cause> problems(JsonNode conditions, String path) {
    return conditions.isEmpty()
        ? List.of()
        : MatchConditions.parse(conditions, path, environment()).causes();
  }

  /** Whether a write fits. */
  Match match(Compiled compiled, Bodies bodies) {
    if (!compiled.causes().isEmpty()) {
      return new Match.Unclear(compiled.causes().getFirst().text());
    }
    if (compiled.conditions().conditions().isEmpty()) {
      return new Match.Yes();
    }
    Bindings shown =
        new Bindings.Builder()
            .json("object", bodies.object(), Shape.DYN)
            .json("oldObject", bodies.old(), Shape.DYN)
            .json("request", Reviews.attributes(bodies), Shape.DYN)
            .build();
    return compiled
        .conditions()
        .match(shown.or(new RequestVariables(bodies.request(), lookup, authorizer)));
  }
}
