package dev.argosy.scheduler.profile;

import java.util.ArrayList;
import java.util.List;

/** Reads a {@code scoringStrategy}. */
final class StrategyReader {

  private static final int MARKS_PER_SCORE = 10;

  private StrategyReader() {}

  static Strategy read(Section section) {
    section.known("type", "resources", "requestedToCapacityRatio");
    Strategy.Type type =
        switch (section.oneOf(
            "type", "LeastAllocated", "MostAllocated", "RequestedToCapacityRatio")) {
          case "MostAllocated" -> Strategy.Type.MOST;
          case "RequestedToCapacityRatio" -> Strategy.Type.RATIO;
          default -> Strategy.Type.LEAST;
        };
    boolean ratio = type == Strategy.Type.RATIO;
    if (section.has("requestedToCapacityRatio") && !ratio) {
      section.wrong("requestedToCapacityRatio", "is for type RequestedToCapacityRatio");
    }
    List<Strategy.Point> shape =
        ratio ? shape(section.field("requestedToCapacityRatio")) : List.of();
    return new Strategy(type, resources(section), shape);
  }

  private static List<Strategy.Part> resources(Section section) {
    List<Strategy.Part> parts = new ArrayList<>();
    for (Section entry : section.list("resources")) {
      entry.known("name", "weight");
      String name = entry.text("name", "");
      if (name.isEmpty()) {
        entry.wrong("name", "must not be empty");
      }
      int weight = entry.number("weight", 0, 0, 100);
      parts.add(new Strategy.Part(name, weight == 0 ? 1 : weight));
    }
    return parts.isEmpty()
        ? List.of(new Strategy.Part("cpu", 1), new Strategy.Part("memory", 1))
        : parts;
  }

  private static List<Strategy.Point> shape(Section section) {
    section.known("shape");
    List<Strategy.Point> points = new ArrayList<>();
    for (Section entry : section.list("shape")) {
      entry.known("utilization", "score");
      int utilization = entry.number("utilization", 0, 0, 100);
      int score = entry.number("score", 0, 0, 10);
      if (!points.isEmpty() && points.getLast().utilization() >= utilization) {
        entry.wrong("utilization", "must be more than that of the point before");
      }
      points.add(new Strategy.Point(utilization, score * MARKS_PER_SCORE));
    }
    if (points.isEmpty()) {
      section.wrong("shape", "must have at least one point");
    }
    return points;
  }
}
