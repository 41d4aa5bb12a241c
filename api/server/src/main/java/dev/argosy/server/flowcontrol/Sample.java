package dev.argosy.server.flowcontrol;

import java.util.Map;

/**
 * One number for those who measure, as Prometheus names it.
 *
 * @param labels in order
 */
public record Sample(String name, Type type, Map<String, String> labels, double value) {

  /** How it moves. */
  public enum Type {
    GAUGE,
    COUNTER
  }
}
