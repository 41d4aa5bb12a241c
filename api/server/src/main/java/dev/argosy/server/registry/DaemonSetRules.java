package dev.argosy.server.registry;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Daemon sets count the changes of their template in an annotation. */
final class DaemonSetRules implements KindRules {

  private static final String ANNOTATION = "deprecated.daemonset.template.generation";

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    set(object, 1);
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    long before = count(old.path("metadata").path("annotations").path(ANNOTATION));
    JsonNode template = object.path("spec").path("template");
    boolean same = template.equals(old.path("spec").path("template"));
    set(object, same ? before : before + 1);
  }

  @Override
  public void beforePartUpdate(ObjectNode object, ObjectNode old) {
    set(object, count(old.path("metadata").path("annotations").path(ANNOTATION)));
  }

  private static long count(JsonNode annotation) {
    String text = annotation.asString("");
    boolean number =
        !text.isEmpty() && text.length() < 18 && text.chars().allMatch(Character::isDigit);
    return number ? Long.parseLong(text) : 1;
  }

  private static void set(ObjectNode object, long count) {
    ObjectNode metadata = Metadata.of(object).node();
    ObjectNode annotations =
        metadata.get("annotations") instanceof ObjectNode found
            ? found
            : metadata.putObject("annotations");
    annotations.put(ANNOTATION, Long.toString(count));
  }
}
