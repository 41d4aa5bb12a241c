package dev.argosy.server.audit;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Which object a request's body names; each is empty if it does not. A creation's path has no name,
 * so only the body tells what is made.
 */
public record SentNames(String namespace, String name, String uid, String resourceVersion) {

  static final SentNames NONE = new SentNames("", "", "", "");

  /** Whose bodies are objects: those of patches may be lists, of deletions they are options. */
  private static final Set<String> WHOLE = Set.of("create", "update");

  private static final int LONGEST = 1024;

  static SentNames of(String verb, JsonNode body) {
    if (!WHOLE.contains(verb)) {
      return NONE;
    }
    JsonNode meta = body.path("metadata");
    return new SentNames(
        text(meta, "namespace"),
        text(meta, "name"),
        text(meta, "uid"),
        text(meta, "resourceVersion"));
  }

  /** Events wait in memory, so what is too long to name anything is left out. */
  private static String text(JsonNode meta, String field) {
    String text = meta.path(field).asString("");
    return text.length() > LONGEST ? "" : text;
  }

  /** What the path says, else what the body says. */
  static String first(String ofPath, String ofBody) {
    return ofPath.isEmpty() ? ofBody : ofPath;
  }
}
