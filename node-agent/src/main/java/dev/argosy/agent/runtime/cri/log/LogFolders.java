package dev.argosy.agent.runtime.cri.log;

import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A folder for each container's log, in one folder. At most two files each: what is longer than 10
 * MiB is rotated, as with Docker.
 */
public record LogFolders(Path root) {

  private static final String FILE = "0.log";
  private static final String ROTATED = "0.log.1";
  private static final long LARGEST = 10 << 20;

  /** Has the runtime write to a new file from now on. */
  public interface Reopen {
    void reopen() throws RuntimeFailure;
  }

  /** Whether a container writes no more. */
  public interface Ended {
    boolean ended() throws RuntimeFailure;
  }

  /**
   * Makes the folder.
   *
   * @return the log's path from the root
   */
  public String prepare(String container) throws RuntimeFailure {
    try {
      Files.createDirectories(root.resolve(container));
      return container + "/" + FILE;
    } catch (IOException e) {
      throw new RuntimeFailure(Kind.REFUSED, "cannot make a folder for the log: " + e);
    }
  }

  public LogReader read(String container, LogQuery query, Ended ended) throws RuntimeFailure {
    prepare(container);
    Path folder = root.resolve(container);
    try {
      return FileLog.open(folder.resolve(FILE), folder.resolve(ROTATED), query, ended);
    } catch (IOException e) {
      throw new RuntimeFailure(Kind.REFUSED, "cannot read the log: " + e);
    }
  }

  /** Rotates the log if it has become long; what could not be is as it was. */
  public void rotate(String container, Reopen runtime) throws RuntimeFailure {
    Path file = root.resolve(container).resolve(FILE);
    Path rotated = root.resolve(container).resolve(ROTATED);
    try {
      if (!Files.exists(file) || Files.size(file) <= LARGEST) {
        return;
      }
      Files.move(
          file, rotated, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      try {
        runtime.reopen();
      } catch (RuntimeFailure e) {
        if (!Files.exists(file)) {
          Files.move(rotated, file);
        }
        throw e;
      }
    } catch (IOException e) {
      throw new RuntimeFailure(Kind.REFUSED, "cannot rotate " + file + ": " + e);
    }
  }

  /** Removes a container's log. Gone is fine. */
  public void remove(String container) throws RuntimeFailure {
    Path folder = root.resolve(container);
    try {
      Files.deleteIfExists(folder.resolve(ROTATED));
      Files.deleteIfExists(folder.resolve(FILE));
      Files.deleteIfExists(folder);
    } catch (NoSuchFileException e) {
      // as wanted
    } catch (IOException e) {
      throw new RuntimeFailure(Kind.REFUSED, "cannot remove the log " + folder + ": " + e);
    }
  }
}
