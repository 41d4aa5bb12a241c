package dev.argosy.server.custom.path;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A path that was understood. */
public final class JsonPath {

  private static final int MOST_RESULTS = 10_000;

  private final String text;
  private final List<Step> steps;

  JsonPath(String text, List<Step> steps) {
    this.text = text;
    this.steps = List.copyOf(steps);
  }

  /** The path of a text such as {@code .status.conditions[?(@.type=="Ready")].status}. */
  public static Optional<JsonPath> parse(String text) {
    try {
      return Optional.of(new PathParser(text).parse());
    } catch (PathSyntaxException e) {
      return Optional.empty();
    }
  }

  /** Why a text is no path; empty if it is one. */
  public static Optional<String> problem(String text) {
    try {
      new PathParser(text).parse();
      return Optional.empty();
    } catch (PathSyntaxException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** All that it leads to, in order. */
  public List<JsonNode> all(JsonNode root) {
    List<JsonNode> nodes = List.of(root);
    for (Step step : steps) {
      List<JsonNode> next = new ArrayList<>();
      for (JsonNode node : nodes) {
        step.from(
            node,
            found -> {
              if (next.size() < MOST_RESULTS) {
                next.add(found);
              }
            });
      }
      nodes = next;
    }
    return nodes;
  }

  /** The first that it leads to; null if there is none. */
  public @Nullable JsonNode first(JsonNode root) {
    List<JsonNode> found = all(root);
    return found.isEmpty() ? null : found.getFirst();
  }

  /** The names of the members on the way, if it goes through members only. */
  public Optional<List<String>> members() {
    List<String> names = new ArrayList<>();
    for (Step step : steps) {
      if (!(step instanceof Step.Members(List<String> one)) || one.size() != 1) {
        return Optional.empty();
      }
      names.add(one.getFirst());
    }
    return Optional.of(names);
  }

  @Override
  public String toString() {
    return text;
  }
}
