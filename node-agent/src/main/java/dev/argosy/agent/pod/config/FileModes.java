package dev.argosy.agent.pod.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Permission bits and owners of files, as numbers. */
public final class FileModes {

  private static final int BITS = 07777;

  private FileModes() {}

  /** The permission bits, set-id and sticky bits included. */
  public static int of(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode") & BITS;
  }

  /** Sets permission bits, set-id and sticky bits included. */
  public static void permit(Path path, int mode) throws IOException {
    if (of(path) != mode) {
      Files.setAttribute(path, "unix:mode", mode & BITS);
    }
  }

  /** Gives a file to a group; no group given leaves it as it is. */
  public static void own(Path path, int gid) throws IOException {
    if (gid >= 0) {
      Files.setAttribute(path, "unix:gid", gid);
    }
  }
}
