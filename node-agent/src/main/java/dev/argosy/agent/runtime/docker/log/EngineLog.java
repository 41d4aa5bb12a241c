package dev.argosy.agent.runtime.docker.log;

import dev.argosy.agent.runtime.log.FileLog;
import dev.argosy.agent.runtime.log.LogFiles;
import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log of a container as the engine keeps it.
 *
 * @param driver as an inspection tells; empty if it is not known
 * @param file as an inspection tells, in the engine's view; empty for a container that was never
 *     started, or another driver
 */
public record EngineLog(String driver, String file) {

  private static final String DRIVER = "json-file";

  /** As an inspection tells of it, whose members may be absent. */
  public static EngineLog of(@Nullable String driver, @Nullable String file) {
    return new EngineLog(driver == null ? "" : driver, file == null ? "" : file);
  }

  /**
   * Reads its files, oldest first.
   *
   * @param container asked while the log is followed
   * @return empty if the agent does not see them: the engine is on another machine, its folder is
   *     not mounted where the agent runs, it has another driver
   */
  public Optional<LogReader> read(LogQuery query, FileLog.Ended container) {
    if (!driver.equals(DRIVER) || file.isEmpty()) {
      return Optional.empty();
    }
    try {
      LogFiles files = new LogFiles(Path.of(file).toAbsolutePath(), LogFiles.Numbers.MOVE);
      return Files.isReadable(files.folder()) // the file is away for a moment while it is rotated
          ? Optional.of(FileLog.open(files, JsonLine::parse, query, container))
          : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
