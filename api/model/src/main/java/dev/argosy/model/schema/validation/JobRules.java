package dev.argosy.model.schema.validation;

import dev.argosy.model.name.NameRules;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Jobs: the generated selector, the spec, and what may change. */
final class JobRules implements KindRules {

  private static final Path SPEC = Path.of("spec");
  private static final Path TEMPLATE = SPEC.child("template");
  private static final String PREFIX = "batch.kubernetes.io/";
  private static final List<String> FIXED =
      List.of(
          "selector",
          "completionMode",
          "podFailurePolicy",
          "backoffLimitPerIndex",
          "managedBy",
          "successPolicy");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    generated(object, checks);
    validateSpec(object, checks);
    podNames(object, checks);
  }

  @Override
  public void validateChanged(ObjectNode object, ObjectNode old, Checks checks) {
    validateSpec(object, checks);
  }

  private static void validateSpec(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    JobSpecRules.validate(spec, SPEC, checks);
    JsonNode selector = spec.path("selector");
    if (selector.isMissingNode()) {
      checks.required(SPEC.child("selector"), "");
    } else {
      SelectorRules.labelSelector(selector, SPEC.child("selector"), checks);
    }
    TemplateRules.matching(selector, spec.path("template"), checks);
  }

  /** Unless the user has taken over, labels and selector are those that make the job's pods its. */
  private static void generated(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    if (spec.path("manualSelector").asBoolean(false) || spec.path("selector").isMissingNode()) {
      return;
    }
    String uid = object.path("metadata").path("uid").asString("");
    String name = object.path("metadata").path("name").asString("");
    if (uid.isEmpty()) {
      checks.required(Path.of("metadata").child("uid"), "");
    }
    JsonNode labels = spec.path("template").path("metadata").path("labels");
    ObjectNode expected = Json.object();
    expected.put("controller-uid", uid).put("job-name", name);
    expected.put(PREFIX + "controller-uid", uid).put(PREFIX + "job-name", name);
    expected.forEachEntry((key, value) -> label(labels, key, value.asString(""), checks));
    ObjectNode template = Json.object();
    template.putObject("metadata").set("labels", expected);
    Checks selects = new Checks();
    TemplateRules.matching(spec.path("selector"), template, selects);
    if (!selects.clean()) {
      checks.invalid(
          SPEC.child("selector"), spec.path("selector"), "`selector` not auto-generated");
    }
  }

  private static void label(JsonNode labels, String key, String expected, Checks checks) {
    Path path = TEMPLATE.child("metadata", "labels");
    JsonNode actual = labels.path(key);
    if (actual.isMissingNode()) {
      checks.required(path.key(key), "must be '" + expected + "'");
    } else if (!actual.asString("").equals(expected)) {
      checks.invalid(path.key(key), labels, "must be '" + expected + "'");
    }
  }

  /** The pods of an indexed job are named after it and their index. */
  private static void podNames(ObjectNode object, Checks checks) {
    JsonNode spec = object.path("spec");
    long completions = spec.path("completions").asLong(0);
    String name = object.path("metadata").path("name").asString("");
    boolean indexed = spec.path("completionMode").asString("").equals("Indexed");
    if (indexed && completions > 0 && !name.isEmpty()) {
      String last = name + "-" + (completions - 1);
      if (!NameRules.dnsLabel(last).isEmpty()) {
        checks.invalid(
            Path.of("metadata").child("name"),
            name,
            "will not able to create pod with invalid DNS label: " + last);
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode after = object.path("spec");
    JsonNode before = old.path("spec");
    completions(after, before, checks);
    for (String field : FIXED) {
      if (!after.path(field).equals(before.path(field))) {
        checks.immutable(SPEC.child(field), after.path(field));
      }
    }
    boolean movable =
        before.path("suspend").asBoolean(false) && !old.path("status").has("startTime");
    template(after.path("template"), before.path("template"), movable, checks);
  }

  private static void completions(JsonNode after, JsonNode before, Checks checks) {
    JsonNode wanted = after.path("completions");
    Path path = SPEC.child("completions");
    if (wanted.equals(before.path("completions"))) {
      return;
    }
    if (!after.path("completionMode").asString("").equals("Indexed")) {
      checks.immutable(path, wanted);
    } else if (!wanted.isMissingNode() && !wanted.equals(after.path("parallelism"))) {
      checks.invalid(path, wanted, "can only be modified in tandem with spec.parallelism");
    }
  }

  private static void template(JsonNode after, JsonNode before, boolean movable, Checks checks) {
    JsonNode now = movable ? withoutPlace(after) : after;
    JsonNode then = movable ? withoutPlace(before) : before;
    if (!now.equals(then)) {
      checks.immutable(TEMPLATE, after);
    }
  }

  /** Without all that says where pods may run, which may change before the first one does. */
  private static ObjectNode withoutPlace(JsonNode template) {
    ObjectNode copy = template instanceof ObjectNode node ? node.deepCopy() : Json.object();
    if (copy.path("metadata") instanceof ObjectNode metadata) {
      metadata.remove(List.of("labels", "annotations"));
      dropEmpty(copy, "metadata");
    }
    if (copy.path("spec") instanceof ObjectNode spec) {
      spec.remove(List.of("nodeSelector", "tolerations", "schedulingGates"));
      if (spec.path("affinity") instanceof ObjectNode affinity) {
        affinity.remove("nodeAffinity");
        dropEmpty(spec, "affinity");
      }
    }
    return copy;
  }

  private static void dropEmpty(ObjectNode parent, String member) {
    if (parent.path(member).isEmpty()) {
      parent.remove(member);
    }
  }

  @Override
  public void validateStatus(ObjectNode object, ObjectNode old, Checks checks) {
    new JobStatusRules(object, old, checks).validate();
  }
}
