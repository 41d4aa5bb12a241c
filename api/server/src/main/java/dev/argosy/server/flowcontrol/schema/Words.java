package dev.argosy.server.flowcontrol.schema;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A list of words in a rule; one that is {@code *} alone stands for all. */
record Words(boolean all, List<String> words) {

  static Words of(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asString("")));
    return new Words(words.size() == 1 && words.getFirst().equals("*"), List.copyOf(words));
  }

  boolean cover(String word) {
    return all || words.contains(word);
  }
}
