package dev.argosy.server.request;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A request's body as a tree.
 *
 * @param tree an object; an array for JSON patches
 * @param duplicates paths of members that stood twice (the last one counts), such as {@code
 *     metadata.name}
 */
public record DecodedBody(JsonNode tree, List<String> duplicates) {
  public DecodedBody {
    duplicates = List.copyOf(duplicates);
  }

  public static DecodedBody of(JsonNode tree) {
    return new DecodedBody(tree, List.of());
  }
}
