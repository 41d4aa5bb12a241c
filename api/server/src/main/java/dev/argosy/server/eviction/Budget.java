package dev.argosy.server.eviction;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.status.Cause;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One disruption budget: what its status still allows, and its status after one pod more. */
record Budget(ApiObject object) {

  private static final GroupResource NAMED = new GroupResource("policy", "poddisruptionbudget");
  private static final String ALLOWED = "DisruptionAllowed";

  /** More evictions that the controller has not noticed are not let through. */
  private static final int MAX_UNNOTICED = 2000;

  private static final int UNSETTLED_SECONDS = 10;

  /** Pods that are not ready may go if they are not missed, or if the budget does not care. */
  boolean letsUnhealthyGo() {
    String policy = object.tree().path("spec").path("unhealthyPodEvictionPolicy").asString("");
    long desired = number("desiredHealthy");
    return policy.equals("AlwaysAllow") || desired > 0 && number("currentHealthy") >= desired;
  }

  Judgement charge(JsonNode pod, Instant now) {
    if (number("observedGeneration") < object.meta().generation()) {
      String why = "The disruption budget " + name() + " is still being processed by the server.";
      return new Judgement.Refused(tooMany(why).withRetryAfter(UNSETTLED_SECONDS));
    }
    if (number("disruptionsAllowed") < 0) {
      return forbidden("pdb disruptions allowed is negative");
    }
    if (status().path("disruptedPods").size() > MAX_UNNOTICED) {
      return forbidden(
          "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
    }
    if (number("disruptionsAllowed") == 0) {
      return new Judgement.Refused(tooMany(whyNot()));
    }
    return new Judgement.Charged(
        object, charged(pod.path("metadata").path("name").asString(""), now));
  }

  private ObjectNode charged(String pod, Instant now) {
    ObjectNode budget = object.tree().deepCopy();
    ObjectNode status = (ObjectNode) budget.get("status");
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    long left = number("disruptionsAllowed") - 1;
    status.put("disruptionsAllowed", left);
    if (left == 0) {
      exhausted(status, time);
    }
    ObjectNode disrupted =
        status.get("disruptedPods") instanceof ObjectNode found
            ? found
            : status.putObject("disruptedPods");
    disrupted.put(pod, time);
    return budget;
  }

  private static void exhausted(ObjectNode status, String time) {
    ArrayNode conditions =
        status.get("conditions") instanceof ArrayNode found ? found : status.putArray("conditions");
    ObjectNode condition = null;
    for (JsonNode one : conditions) {
      if (one instanceof ObjectNode own && own.path("type").asString("").equals(ALLOWED)) {
        condition = own;
      }
    }
    if (condition == null) {
      condition = conditions.addObject().put("type", ALLOWED);
    }
    if (!condition.path("status").asString("").equals("False")) {
      condition.put("status", "False").put("lastTransitionTime", time);
    }
    condition.put("reason", "InsufficientPods").put("message", "");
    condition.set("observedGeneration", status.path("observedGeneration"));
  }

  private String whyNot() {
    JsonNode condition = condition();
    String message = condition.path("message").asString("");
    String reason = condition.path("reason").asString("");
    boolean said = condition.path("status").asString("").equals("False") && !message.isEmpty();
    String about = "The disruption budget " + name();
    if (said && reason.equals("SyncFailed")) {
      return about + " does not allow evicting pods currently because it failed sync: " + message;
    }
    if (number("currentHealthy") <= number("desiredHealthy")) {
      return about
          + " needs "
          + number("desiredHealthy")
          + " healthy pods and has "
          + number("currentHealthy")
          + " currently";
    }
    String not = about + " does not allow evicting pods currently";
    return said ? not + " (" + reason + "): " + message : not;
  }

  private JsonNode condition() {
    for (JsonNode condition : status().path("conditions")) {
      if (condition.path("type").asString("").equals(ALLOWED)) {
        return condition;
      }
    }
    return status().path("none");
  }

  private Judgement forbidden(String why) {
    return new Judgement.Refused(Status.forbidden(NAMED, name(), why));
  }

  private static Status tooMany(String why) {
    return Status.of(
            Reason.TOO_MANY_REQUESTS,
            "Cannot evict pod as it would violate the pod's disruption budget.")
        .withCauses(List.of(new Cause("DisruptionBudget", why, "")));
  }

  private String name() {
    return object.name();
  }

  private JsonNode status() {
    return object.tree().path("status");
  }

  private long number(String field) {
    return status().path(field).asLong(0);
  }
}
