package dev.argosy.agent.runtime.spi;

import java.util.Map;

/**
 * Something about a container or sandbox changed.
 *
 * @param labels the labels it was created with
 */
public record RuntimeChange(String id, Map<String, String> labels) {
  public RuntimeChange {
    labels = Map.copyOf(labels);
  }
}
