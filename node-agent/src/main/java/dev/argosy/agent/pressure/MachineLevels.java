package dev.argosy.agent.pressure;

import dev.argosy.agent.pressure.FileSystems.Space;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much there is of everything that is watched; a few files of the kernel and two system calls.
 * Available memory is what the kernel says programs could still get: it also counts files in use
 * that can be read again, which Kubernetes does not, so that a small node is not short of memory
 * just because it has read much.
 */
public final class MachineLevels implements Supplier<Map<Signal, Level>> {

  private static final Logger LOG = LoggerFactory.getLogger(MachineLevels.class);

  private final Path proc;
  private final FileSystems files;
  private final Path pods;
  private final Supplier<Optional<Path>> images;

  /** Those of this machine; the images' folder is empty until it is known. */
  public static MachineLevels of(Path proc, Path pods, Supplier<Optional<Path>> images) {
    return new MachineLevels(proc, new SystemCall(), pods, images);
  }

  /**
   * @param proc {@code /proc}
   * @param pods where pods' files lie
   * @param images where the engine keeps images
   */
  MachineLevels(Path proc, FileSystems files, Path pods, Supplier<Optional<Path>> images) {
    this.proc = proc;
    this.files = files;
    this.pods = pods;
    this.images = images;
  }

  @Override
  public Map<Signal, Level> get() {
    Map<Signal, Level> levels = new EnumMap<>(Signal.class);
    try {
      memory(levels);
      processes(levels);
    } catch (IOException | RuntimeException e) {
      LOG.debug("not read: {}", e.toString());
    }
    disk(levels, pods, Signal.NODE_DISK, Signal.NODE_INODES);
    images.get().ifPresent(folder -> disk(levels, folder, Signal.IMAGE_DISK, Signal.IMAGE_INODES));
    return levels;
  }

  private void memory(Map<Signal, Level> levels) throws IOException {
    long all = 0;
    long available = 0;
    for (String line : Files.readAllLines(proc.resolve("meminfo"))) {
      if (line.startsWith("MemTotal:")) {
        all = kibibytes(line);
      } else if (line.startsWith("MemAvailable:")) {
        available = kibibytes(line);
      }
    }
    if (all > 0) {
      levels.put(Signal.MEMORY, new Level(available, all));
    }
  }

  private static long kibibytes(String line) {
    return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
  }

  private void processes(Map<Signal, Level> levels) throws IOException {
    long most = Math.min(setting("pid_max"), setting("threads-max"));
    String[] load = read(proc.resolve("loadavg")).split("[ /]");
    long running = Long.parseLong(load[4]);
    levels.put(Signal.PROCESSES, new Level(Math.max(0, most - running), most));
  }

  private long setting(String name) throws IOException {
    return Long.parseLong(read(proc.resolve("sys/kernel").resolve(name)));
  }

  /** Read at one go: these files end after the first read, however little that asked for. */
  private static String read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(64), StandardCharsets.US_ASCII).strip();
    }
  }

  private void disk(Map<Signal, Level> levels, Path folder, Signal bytes, Signal inodes) {
    try {
      Space space = files.of(folder);
      levels.put(bytes, space.bytes());
      if (space.inodes().capacity() > 0) { // some file systems make them as they go
        levels.put(inodes, space.inodes());
      }
    } catch (IOException e) {
      LOG.debug("not read: {}", e.toString());
    }
  }
}
