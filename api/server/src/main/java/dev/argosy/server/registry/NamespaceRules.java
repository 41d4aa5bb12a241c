package dev.argosy.server.registry;

import dev.argosy.model.status.Status;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Namespaces: deleted in two phases, first their content, then themselves. */
final class NamespaceRules implements KindRules {

  private static final String NAME_LABEL = "kubernetes.io/metadata.name";
  private static final String CONTENT = "kubernetes";

  @Override
  public void beforeCreate(Write write, Claims claims, ObjectNode object) {
    object.putObject("status").put("phase", "Active");
    List<String> finalizers = finalizers(object);
    if (!finalizers.contains(CONTENT)) {
      finalizers.add(CONTENT);
    }
    ArrayNode array = spec(object).putArray("finalizers");
    finalizers.forEach(array::add);
    labelWithName(object);
  }

  @Override
  public void beforeUpdate(Write write, Claims claims, ObjectNode object, ObjectNode old) {
    Metadata.setOrRemove(spec(object), "finalizers", old.path("spec").get("finalizers"));
    labelWithName(object);
  }

  @Override
  public void deletionBegins(ObjectNode object) {
    if (object.get("status") instanceof ObjectNode status) {
      status.put("phase", "Terminating");
    } else {
      object.putObject("status").put("phase", "Terminating");
    }
  }

  @Override
  public void deletionAgain(Write write, ObjectNode object) {
    if (held(object)) {
      throw Status.conflict(
              write.resource(),
              write.name(),
              "The system is ensuring all content is removed from this namespace.  Upon completion,"
                  + " this namespace will automatically be purged by the system.")
          .asException();
    }
  }

  @Override
  public boolean held(ObjectNode object) {
    return !finalizers(object).isEmpty();
  }

  private static void labelWithName(ObjectNode object) {
    Metadata metadata = Metadata.of(object);
    JsonNode labels = metadata.node().get("labels");
    ObjectNode own = labels instanceof ObjectNode o ? o : metadata.node().putObject("labels");
    own.put(NAME_LABEL, metadata.text("name"));
  }

  private static ObjectNode spec(ObjectNode object) {
    return object.get("spec") instanceof ObjectNode spec ? spec : object.putObject("spec");
  }

  private static List<String> finalizers(ObjectNode object) {
    List<String> found = new ArrayList<>();
    object.path("spec").path("finalizers").forEach(f -> found.add(f.asString("")));
    return found;
  }
}
