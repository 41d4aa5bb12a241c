package dev.argosy.model.schema.print;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** Cells that sum up conditions, or a state that stands in several fields. */
final class ConditionCells {

  private ConditionCells() {}

  static String status(ObjectNode object, String type, String missing) {
    return Cells.text(condition(object, type).path("status"), missing);
  }

  private static JsonNode condition(ObjectNode object, String type) {
    for (JsonNode condition : object.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  static Cell apiService(String word) {
    return switch (word) {
      case "service" -> (service, now) -> backend(service.path("spec").path("service"));
      case "available" -> (service, now) -> available(service);
      default -> throw new IllegalArgumentException("columns.tsv: api " + word);
    };
  }

  private static String backend(JsonNode service) {
    return service.isMissingNode()
        ? "Local"
        : service.path("namespace").asString("") + "/" + service.path("name").asString("");
  }

  private static String available(ObjectNode service) {
    JsonNode condition = condition(service, "Available");
    String status = Cells.text(condition.path("status"), "Unknown");
    String reason = condition.path("reason").asString("");
    return status.equals("True") || reason.isEmpty() ? status : status + " (" + reason + ")";
  }

  /** Whether what a spec gives still counts. */
  static String term(JsonNode spec, Instant now) {
    String expires = spec.path("expiresAt").asString("");
    if (spec.path("ended").asBoolean(false)) {
      return "Ended";
    }
    return !expires.isEmpty() && !now.isBefore(OffsetDateTime.parse(expires).toInstant())
        ? "Expired"
        : "Active";
  }

  /** What has become of an invitation; nobody need have written that its time is over. */
  static String invitation(ObjectNode object, Instant now) {
    String phase = Cells.text(object.path("status").path("phase"), "Pending");
    String until = object.path("spec").path("acceptBy").asString("");
    boolean over = !until.isEmpty() && !now.isBefore(OffsetDateTime.parse(until).toInstant());
    return phase.equals("Pending") && over ? "Expired" : phase;
  }

  /** Whether a program can log in, or why not; nobody need have written that its time is over. */
  static String serviceClient(ObjectNode object, Instant now) {
    JsonNode ready = condition(object, "Ready");
    String status = Cells.text(ready.path("status"), "False");
    if (term(object.path("spec"), now).equals("Expired")) {
      return "False (Expired)";
    }
    String reason = Cells.text(ready.path("reason"), "Pending");
    return status.equals("True") ? status : status + " (" + reason + ")";
  }

  /** Where a request is that somebody decides, or what was said last. */
  static Cell decision(String word) {
    return switch (word) {
      case "state" -> (request, now) -> Cells.text(last(request).path("type"), "Pending");
      case "message" -> (request, now) -> last(request).path("message").asString("");
      default -> throw new IllegalArgumentException("columns.tsv: decision " + word);
    };
  }

  private static JsonNode last(ObjectNode request) {
    JsonNode conditions = request.path("status").path("conditions");
    return conditions.path(conditions.size() - 1);
  }

  /** What a claim for devices is at: {@code allocated,reserved}. */
  static String claim(ObjectNode claim) {
    JsonNode status = claim.path("status");
    boolean deleted = claim.path("metadata").has("deletionTimestamp");
    boolean allocated = status.has("allocation");
    StringJoiner states = new StringJoiner(",");
    if (deleted) {
      states.add("deleted");
    }
    if (allocated) {
      states.add("allocated");
    } else if (!deleted) {
      states.add("pending");
    }
    if (!status.path("reservedFor").isEmpty()) {
      states.add("reserved");
    }
    return states.toString();
  }
}
