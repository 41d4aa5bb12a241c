package dev.argosy.agent.runtime.cri.log;

import dev.argosy.agent.runtime.log.FileLog;
import dev.argosy.agent.runtime.log.LogFiles;
import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.LogLimits;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder for each container's log, in one folder. */
public record LogFolders(Path root, LogLimits limits) {

  private static final String FILE = "0.log";

  /** With the usual limits. */
  public LogFolders(Path root) {
    this(root, LogLimits.DEFAULT);
  }

  /** Has the runtime write to a new file from now on. */
  public interface Reopen {
    void reopen() throws RuntimeFailure;
  }

  /**
   * Makes the folder.
   *
   * @return the log's path from the root
   */
  public String prepare(String container) throws RuntimeFailure {
    try {
      Files.createDirectories(root.resolve(container));
      return root.relativize(files(container).present()).toString();
    } catch (IOException e) {
      throw new RuntimeFailure(Kind.REFUSED, "cannot make a folder for the log: " + e);
    }
  }

  private LogFiles files(String container) {
    return new LogFiles(root.resolve(container).resolve(FILE), LogFiles.Numbers.STAY);
  }

  /** Reads all files that are kept, oldest first. */
  public LogReader read(String container, LogQuery query, FileLog.Ended ended)
      throws RuntimeFailure {
    prepare(container);
    try {
      return FileLog.open(files(container), CriLine::parse, query, ended);
    } catch (IOException e) {
      throw new RuntimeFailure(Kind.REFUSED, "cannot read the log: " + e);
    }
  }

  /** Rotates the log if it has become long; what could not be is as it was. */
  public void rotate(String container, Reopen runtime) throws RuntimeFailure {
    LogFiles files = files(container);
    try {
      new Rotation(files, limits).rotate(runtime);
    } catch (IOException e) {
      throw new RuntimeFailure(Kind.REFUSED, "cannot rotate " + files.present() + ": " + e);
    }
  }

  /** Removes a container's log. Gone is fine. */
  public void remove(String container) throws RuntimeFailure {
    Path folder = root.resolve(container);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (NoSuchFileException e) {
      // as wanted
    } catch (IOException e) {
      throw new RuntimeFailure(Kind.REFUSED, "cannot remove the log " + folder + ": " + e);
    }
  }
}
