package dev.argosy.agent.pressure;

import java.io.IOException;
import java.nio.file.Path;

/** Tells how full file systems are. */
@FunctionalInterface
public interface FileSystems {

  /** Those of this machine, asked by a system call. */
  static FileSystems ofMachine() {
    return new SystemCall();
  }

  /** Of the file system that a folder lies on. */
  Space of(Path folder) throws IOException;

  /**
   * What there is.
   *
   * @param inodes none in all where the file system does not count them
   */
  record Space(Level bytes, Level inodes) {}
}
