package dev.argosy.model.schema.print;

import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Cells of classes of which one may be the default. */
final class ClassCells {

  private ClassCells() {}

  /** The name, marked if an annotation below one of these prefixes says that it is the default. */
  static Cell name(String[] words) {
    List<String> annotations =
        Arrays.stream(words).skip(1).map(prefix -> prefix + "/is-default-class").toList();
    return (object, now) -> {
      JsonNode metadata = object.path("metadata");
      String name = metadata.path("name").asString("");
      boolean chosen =
          annotations.stream()
              .anyMatch(key -> metadata.path("annotations").path(key).asString("").equals("true"));
      return chosen ? name + " (default)" : name;
    };
  }
}
