package dev.argosy.server.request;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A request's body as a tree.
 *
 * @param tree an object; an array for JSON patches
 * @param duplicates paths of members that stood twice (the last one counts), such as {@code
 *     metadata.name}
 * @param repeatedKeys of YAML, the same as its readers tell it: by line and key
 */
public record DecodedBody(JsonNode tree, List<String> duplicates, List<String> repeatedKeys) {
  public DecodedBody {
    duplicates = List.copyOf(duplicates);
    repeatedKeys = List.copyOf(repeatedKeys);
  }

  public DecodedBody(JsonNode tree, List<String> duplicates) {
    this(tree, duplicates, List.of());
  }

  public static DecodedBody of(JsonNode tree) {
    return new DecodedBody(tree, List.of());
  }
}
