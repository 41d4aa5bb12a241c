package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Stateful sets: template, claims, strategy, and the few fields that may change. */
final class StatefulSetRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path TEMPLATE = SPEC.child("template");
  private static final List<String> MUTABLE =
      List.of(
          "replicas",
          "ordinals",
          "template",
          "updateStrategy",
          "revisionHistoryLimit",
          "persistentVolumeClaimRetentionPolicy",
          "minReadySeconds");
  private static final String ONLY =
      "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template',"
          + " 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
          + " 'minReadySeconds' are forbidden";

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    outline(spec, checks);
    TemplateRules.template(spec.path("template"), TEMPLATE, claims(spec), checks);
    String service = spec.path("serviceName").asString("");
    if (!service.isEmpty()) {
      checks.invalidAll(SPEC.child("serviceName"), service, NameRules.dnsLabel(service));
    }
  }

  /** Everything but the pods in the template. */
  private static void outline(JsonNode spec, Checks checks) {
    management(spec.path("podManagementPolicy").asString(""), checks);
    strategy(spec.path("updateStrategy"), checks);
    retention(spec.path("persistentVolumeClaimRetentionPolicy"), checks);
    for (String count : List.of("replicas", "minReadySeconds", "revisionHistoryLimit")) {
      checks.nonNegative(SPEC.child(count), spec.path(count));
    }
    checks.nonNegative(SPEC.child("ordinals", "start"), spec.path("ordinals").path("start"));
    TemplateRules.selector(spec.path("selector"), "statefulset", checks);
    TemplateRules.matching(spec.path("selector"), spec.path("template"), checks);
    TemplateRules.endless(
        spec.path("template").path("spec"), TEMPLATE.child("spec"), "StatefulSet", checks);
  }

  private static Set<String> claims(JsonNode spec) {
    Set<String> names = new HashSet<>();
    for (JsonNode claim : spec.path("volumeClaimTemplates")) {
      names.add(claim.path("metadata").path("name").asString(""));
    }
    return names;
  }

  private static void management(String policy, Checks checks) {
    Path path = SPEC.child("podManagementPolicy");
    if (policy.isEmpty()) {
      checks.required(path, "");
    } else if (!policy.equals("OrderedReady") && !policy.equals("Parallel")) {
      checks.invalid(path, policy, "must be 'OrderedReady' or 'Parallel'");
    }
  }

  private static void strategy(JsonNode strategy, Checks checks) {
    Path path = SPEC.child("updateStrategy");
    JsonNode rolling = strategy.path("rollingUpdate");
    switch (strategy.path("type").asString("")) {
      case "" -> checks.required(path, "");
      case "OnDelete" -> {
        if (!rolling.isMissingNode()) {
          checks.invalid(
              path.child("rollingUpdate"),
              rolling,
              "only allowed for updateStrategy 'RollingUpdate'");
        }
      }
      case "RollingUpdate" -> rolling(rolling, path.child("rollingUpdate"), checks);
      default -> checks.invalid(path, strategy, "must be 'RollingUpdate' or 'OnDelete'");
    }
  }

  private static void rolling(JsonNode rolling, Path path, Checks checks) {
    checks.nonNegative(path.child("partition"), rolling.path("partition"));
    JsonNode unavailable = rolling.path("maxUnavailable");
    if (unavailable.isMissingNode()) {
      return;
    }
    Path at = path.child("maxUnavailable");
    IntOrPercent.nonNegative(unavailable, at, checks);
    if (IntOrPercent.zero(unavailable)) {
      checks.invalid(at, unavailable, "cannot be 0");
    }
    IntOrPercent.atMostHundredPercent(unavailable, at, checks);
  }

  private static void retention(JsonNode policy, Checks checks) {
    if (policy.isMissingNode()) {
      return;
    }
    for (String when : List.of("whenDeleted", "whenScaled")) {
      String value = policy.path(when).asString("");
      if (!value.equals("Retain") && !value.equals("Delete")) {
        checks.notSupported(
            SPEC.child("persistentVolumeClaimRetentionPolicy", when),
            value,
            List.of("Retain", "Delete"));
      }
    }
  }

  /** What was there before may stay as it was, even where the rules have become stricter. */
  @Override
  public void validateChanged(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode spec = object.path("spec");
    if (spec.path("template").equals(old.path("spec").path("template"))) {
      outline(spec, checks);
    } else {
      validate(object, checks);
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    if (object.path("spec") instanceof ObjectNode now
        && old.path("spec") instanceof ObjectNode before
        && !now.deepCopy().remove(MUTABLE).equals(before.deepCopy().remove(MUTABLE))) {
      checks.forbidden(SPEC, ONLY);
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    TemplateRules.counts(
        object.path("status"),
        List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"),
        checks);
    TemplateRules.collisions(object, old, checks);
  }
}
