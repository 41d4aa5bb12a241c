package dev.argosy.model.schema.first;

import dev.argosy.model.object.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The first objects, complete but for what is each cluster's own, and with the placeholders {@code
 * $CREATED} and {@code $SERVICE_RANGE}.
 */
public final class FirstObjects {

  private static final String RESOURCE = "/dev/argosy/model/schema/first-objects.txt";

  private final List<ObjectNode> objects;

  private FirstObjects(List<ObjectNode> objects) {
    this.objects = List.copyOf(objects);
  }

  /** Reads them; they come with this module. */
  public static FirstObjects load() {
    try (InputStream in = FirstObjects.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return new FirstObjects(
          reader
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(FirstObjects::object)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A line of API version, kind, name, and the rest as JSON. */
  private static ObjectNode object(String line) {
    String[] words = line.split(" ", 4);
    ObjectNode rest = Json.parse(words[3].getBytes(StandardCharsets.UTF_8));
    ObjectNode object = Json.object().put("apiVersion", words[0]).put("kind", words[1]);
    ObjectNode metadata = object.putObject("metadata").put("name", words[2]);
    if (rest.remove("metadata") instanceof ObjectNode more) {
      metadata.setAll(more);
    }
    object.setAll(rest);
    return object;
  }

  /** All of them, each a copy of its own. */
  public List<ObjectNode> all() {
    List<ObjectNode> copies = new ArrayList<>();
    objects.forEach(object -> copies.add(object.deepCopy()));
    return copies;
  }

  /**
   * What a first object wants.
   *
   * @throws IllegalArgumentException if there is none of that kind and name
   */
  public JsonNode spec(String kind, String name) {
    for (ObjectNode object : objects) {
      if (object.path("kind").asString("").equals(kind)
          && object.path("metadata").path("name").asString("").equals(name)) {
        return object.path("spec").deepCopy();
      }
    }
    throw new IllegalArgumentException("no first " + kind + " " + name);
  }
}
