package dev.argosy.scheduler.profile;

import java.util.List;

/**
 * How NodeResourcesFit scores ({@code scoringStrategy}).
 *
 * @param shape for {@link Type#RATIO}; empty otherwise
 */
public record Strategy(Type type, List<Part> resources, List<Point> shape) {

  /** What is preferred. */
  public enum Type {
    /** Much left. */
    LEAST,
    /** Little left. */
    MOST,
    /** As the shape says. */
    RATIO
  }

  /** A resource, and how much it counts beside the others. */
  public record Part(String resource, int weight) {}

  /**
   * A point of a line.
   *
   * @param utilization in percent
   * @param mark from 0 to 100
   */
  public record Point(int utilization, int mark) {}

  public Strategy {
    resources = List.copyOf(resources);
    shape = List.copyOf(shape);
  }
}
