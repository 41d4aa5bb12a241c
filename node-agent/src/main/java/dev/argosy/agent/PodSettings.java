package dev.argosy.agent;

import java.util.List;

/**
 * What the administrator of a node says about its pods.
 *
 * @param unsafeSysctls kernel settings that pods may have besides the safe ones; names, or
 *     beginnings that end in {@code *}
 */
public record PodSettings(List<String> unsafeSysctls) {

  public PodSettings {
    unsafeSysctls = List.copyOf(unsafeSysctls);
  }
}
