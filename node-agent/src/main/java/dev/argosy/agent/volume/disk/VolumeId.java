package dev.argosy.agent.volume.disk;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** A volume of a logical cluster, by names that cannot lead out of their folder. */
public record VolumeId(String cluster, String name) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

  public VolumeId {
    if (!valid(cluster) || !valid(name)) {
      throw new IllegalArgumentException("no name of a volume: " + cluster + "/" + name);
    }
  }

  /** Whether it can be the name of a volume. */
  public static boolean valid(String name) {
    return NAME.matcher(name).matches() && !name.contains("..");
  }

  Path in(Path folder) {
    return folder.resolve(cluster).resolve(name);
  }

  @Override
  public String toString() {
    return cluster + "/" + name;
  }
}
