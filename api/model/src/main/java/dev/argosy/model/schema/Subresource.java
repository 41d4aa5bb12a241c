package dev.argosy.model.schema;

import java.util.List;

/**
 * A served subresource, as discovery announces it.
 *
 * @param name for example {@code scale}
 * @param group group of its bodies, which may differ from that of the resource
 * @param version version of its bodies
 * @param kind kind of its bodies
 * @param verbs in alphabetical order
 */
public record Subresource(
    String name, String group, String version, String kind, List<String> verbs) {
  public Subresource {
    verbs = List.copyOf(verbs);
  }
}
