package dev.argosy.model.schema.validation;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Path;
import dev.argosy.model.schema.first.FirstObjects;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How many requests of a kind are served at once, and what happens to more of them. */
final class PriorityLevelRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final String EXEMPT = "exempt";
  private static final int MAX_QUEUES = 10_000_000;
  private static final int MAX_BITS = 60;

  private final FirstObjects first;

  PriorityLevelRules(FirstObjects first) {
    this.first = first;
  }

  @Override
  public void validate(ObjectNode object, Checks checks) {
    String name = object.path("metadata").path("name").asString("");
    JsonNode spec = object.path("spec");
    String type = spec.path("type").asString("");
    if (name.equals(EXEMPT) != type.equals("Exempt")) {
      checks.invalid(
          SPEC.child("type"), type, "type must be 'Exempt' if and only if name is 'exempt'");
    }
    switch (type) {
      case "Exempt" -> exempt(spec, checks);
      case "Limited" -> limited(spec, checks);
      default -> checks.notSupported(SPEC.child("type"), type, List.of("Exempt", "Limited"));
    }
    mandatory(name, spec, checks);
    FlowSchemaRules.conditions(object, checks);
  }

  private void mandatory(String name, JsonNode spec, Checks checks) {
    if (name.equals("catch-all") && !spec.equals(first.spec("PriorityLevelConfiguration", name))) {
      checks.invalid(SPEC, spec, "spec of 'catch-all' must equal the fixed value");
    } else if (name.equals(EXEMPT)
        && !withoutExempt(spec)
            .equals(withoutExempt(first.spec("PriorityLevelConfiguration", name)))) {
      checks.invalid(
          SPEC,
          spec,
          "spec of 'exempt' except the 'spec.exempt' fields must equal the fixed value");
    }
  }

  private static ObjectNode withoutExempt(JsonNode spec) {
    ObjectNode copy = spec instanceof ObjectNode object ? object.deepCopy() : Json.object();
    copy.remove("exempt");
    return copy;
  }

  private static void exempt(JsonNode spec, Checks checks) {
    if (spec.has("limited")) {
      checks.forbidden(SPEC.child("limited"), "must be nil if the type is not Limited");
    }
    shares(spec.path(EXEMPT), SPEC.child(EXEMPT), checks);
  }

  private static void limited(JsonNode spec, Checks checks) {
    if (spec.has(EXEMPT)) {
      checks.forbidden(SPEC.child(EXEMPT), "must be nil if the type is Limited");
    }
    JsonNode limited = spec.path("limited");
    Path path = SPEC.child("limited");
    if (limited.isMissingNode()) {
      checks.required(path, "must not be empty when type is Limited");
      return;
    }
    shares(limited, path, checks);
    JsonNode borrowing = limited.path("borrowingLimitPercent");
    if (borrowing.asLong(0) < 0) {
      checks.invalid(
          path.child("borrowingLimitPercent"),
          borrowing,
          "if specified, must be a non-negative integer");
    }
    response(limited.path("limitResponse"), path.child("limitResponse"), checks);
  }

  private static void shares(JsonNode level, Path path, Checks checks) {
    JsonNode shares = level.path("nominalConcurrencyShares");
    if (shares.asLong(0) < 0) {
      checks.invalid(
          path.child("nominalConcurrencyShares"), shares, "must be a non-negative integer");
    }
    checks.range(path.child("lendablePercent"), level.path("lendablePercent"), 0, 100);
  }

  private static void response(JsonNode response, Path path, Checks checks) {
    JsonNode queuing = response.path("queuing");
    Path at = path.child("queuing");
    String type = response.path("type").asString("");
    switch (type) {
      case "Reject" -> {
        if (!queuing.isMissingNode()) {
          checks.forbidden(at, "must be nil if limited.limitResponse.type is not Limited");
        }
      }
      case "Queue" -> {
        if (queuing.isMissingNode()) {
          checks.required(at, "must not be empty if limited.limitResponse.type is Limited");
        } else {
          queuing(queuing, at, checks);
        }
      }
      default -> checks.notSupported(path.child("type"), type, List.of("Queue", "Reject"));
    }
  }

  private static void queuing(JsonNode queuing, Path path, Checks checks) {
    long queues = queuing.path("queues").asLong(0);
    long hand = queuing.path("handSize").asLong(0);
    long length = queuing.path("queueLengthLimit").asLong(0);
    String positive = "must be positive";
    if (length <= 0) {
      checks.invalid(path.child("queueLengthLimit"), length, positive);
    }
    if (queues <= 0) {
      checks.invalid(path.child("queues"), queues, positive);
    } else if (queues > MAX_QUEUES) {
      checks.invalid(path.child("queues"), queues, "must not be greater than " + MAX_QUEUES);
    }
    Path at = path.child("handSize");
    if (hand <= 0) {
      checks.invalid(at, hand, positive);
    } else if (hand > queues) {
      checks.invalid(at, hand, "should not be greater than queues (" + queues + ")");
    } else if (bits(queues, hand) > MAX_BITS) {
      checks.invalid(
          at,
          hand,
          "required entropy bits of deckSize "
              + queues
              + " and handSize "
              + hand
              + " should not be greater than "
              + MAX_BITS);
    }
  }

  /** How many bits of a hash are needed to deal a hand of queues. */
  private static int bits(long queues, long hand) {
    double sum = 0;
    for (long i = 0; i < hand && sum <= MAX_BITS; i++) {
      sum += Math.log(queues - (double) i) / Math.log(2);
    }
    return (int) Math.ceil(sum);
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    FlowSchemaRules.conditions(object, checks);
  }
}
