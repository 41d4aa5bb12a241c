package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.schema.field.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Questions to the scheduler: which pods, how many, and what to assume. */
final class PlacementQueryRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path ASSUME = SPEC.child("assume");
  private static final int MOST_PODS = 1000;
  private static final int MOST_NODES = 1000;
  private static final int MOST_SHAPES = 10;
  private static final int MOST_GONE = 100;
  private static final long WEEK = 604_800;

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    String pod = spec.path("podName").asString("");
    if (spec.has("template") != pod.isEmpty()) {
      checks.invalid(SPEC, "exactly one of template and podName must be given");
    }
    if (spec.has("template")) {
      TemplateRules.template(spec.path("template"), SPEC.child("template"), checks);
    }
    if (pod.isEmpty()) {
      checks.range(SPEC.child("count"), spec.path("count"), 1, MOST_PODS);
    } else {
      checks.invalidAll(SPEC.child("podName"), pod, NameRules.dnsSubdomain(pod));
      if (spec.path("count").asInt(1) != 1) {
        checks.invalid(SPEC.child("count"), spec.path("count"), "must be 1 with podName");
      }
    }
    checks.range(
        SPEC.child("ttlSecondsAfterAnswered"), spec.path("ttlSecondsAfterAnswered"), 0, WEEK);
    nodes(spec.path("assume").path("nodes"), ASSUME.child("nodes"), checks);
    gone(spec.path("assume").path("podsGone"), ASSUME.child("podsGone"), checks);
  }

  private static void nodes(JsonNode nodes, Path path, Checks checks) {
    if (nodes.size() > MOST_SHAPES) {
      checks.tooMany(path, nodes.size(), MOST_SHAPES);
      return;
    }
    for (int i = 0; i < nodes.size(); i++) {
      JsonNode shape = nodes.get(i);
      checks.range(path.at(i).child("count"), shape.path("count"), 1, MOST_NODES);
      if (shape.path("like").asString("").isEmpty() == shape.path("allocatable").isEmpty()) {
        checks.invalid(path.at(i), "exactly one of like and allocatable must be given");
      }
      ResourceRules.amounts(shape.path("allocatable"), path.at(i).child("allocatable"), checks);
      MetadataRules.labels(shape.path("labels"), path.at(i).child("labels"), checks);
      NodeRules.taints(shape.path("taints"), path.at(i).child("taints"), checks);
    }
  }

  private static void gone(JsonNode gone, Path path, Checks checks) {
    if (gone.size() > MOST_GONE) {
      checks.tooMany(path, gone.size(), MOST_GONE);
      return;
    }
    for (int i = 0; i < gone.size(); i++) {
      JsonNode one = gone.get(i);
      if (one.path("name").asString("").isEmpty() != one.has("selector")) {
        checks.invalid(path.at(i), "exactly one of name and selector must be given");
      }
      SelectorRules.labelSelector(one.path("selector"), path.at(i).child("selector"), checks);
    }
  }
}
