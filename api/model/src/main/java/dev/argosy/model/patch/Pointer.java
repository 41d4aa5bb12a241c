package dev.argosy.model.patch;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A JSON pointer, RFC 6901. */
record Pointer(List<String> tokens) {

  Pointer {
    tokens = List.copyOf(tokens);
  }

  static Pointer parse(String text) {
    if (text.isEmpty()) {
      return new Pointer(List.of());
    }
    if (text.charAt(0) != '/') {
      throw PatchException.malformed("\"" + text + "\" is no JSON pointer");
    }
    return new Pointer(
        Arrays.stream(text.substring(1).split("/", -1))
            .map(token -> token.replace("~1", "/").replace("~0", "~"))
            .toList());
  }

  boolean isRoot() {
    return tokens.isEmpty();
  }

  String last() {
    return tokens.getLast();
  }

  Pointer parent() {
    return new Pointer(tokens.subList(0, tokens.size() - 1));
  }

  boolean isBelow(Pointer other) {
    return tokens.size() > other.tokens.size()
        && tokens.subList(0, other.tokens.size()).equals(other.tokens);
  }

  /** The value it points to; null if there is none. */
  @Nullable JsonNode get(JsonNode root) {
    JsonNode node = root;
    for (String token : tokens) {
      JsonNode next = node.isArray() ? node.get(index(token)) : node.get(token);
      if (next == null) {
        return null;
      }
      node = next;
    }
    return node;
  }

  /** The number of an element; -1 if it is none. */
  static int index(String token) {
    boolean digits =
        !token.isEmpty()
            && token.length() < 10
            && token.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && (token.length() == 1 || token.charAt(0) != '0') ? Integer.parseInt(token) : -1;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    tokens.forEach(t -> text.append('/').append(t.replace("~", "~0").replace("/", "~1")));
    return text.toString();
  }
}
