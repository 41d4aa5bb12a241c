package dev.argosy.agent.pressure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What there is, as the kernel tells. */
final class MachineLevelsTest {

  @TempDir Path folder;

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve("proc").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void theKernelsFilesAreRead() throws IOException {
    write("meminfo", "MemTotal:   1000 kB\nMemFree:  10 kB\nMemAvailable:    400 kB\n");
    write("loadavg", "0.20 0.18 0.12 1/80 11206\n");
    write("sys/kernel/pid_max", "4194304\n");
    write("sys/kernel/threads-max", "1000\n");
    Level bytes = new Level(5, 50);
    Map<Signal, Level> levels =
        new MachineLevels(
                folder.resolve("proc"),
                at -> new FileSystems.Space(bytes, new Level(0, 0)),
                folder,
                () -> Optional.of(folder))
            .get();
    assertThat(levels)
        .isEqualTo(
            Map.of(
                Signal.MEMORY,
                new Level(400 << 10, 1000 << 10),
                Signal.PROCESSES,
                new Level(920, 1000),
                Signal.NODE_DISK,
                bytes,
                Signal.IMAGE_DISK,
                bytes));
  }

  @Test
  void whatIsMissingIsLeftOut() {
    Map<Signal, Level> levels =
        MachineLevels.of(folder.resolve("none"), folder.resolve("none"), Optional::empty).get();
    assertThat(levels).isEmpty();
  }

  @Test
  void thisMachinesDiskIsAsJavaSeesIt() throws IOException {
    FileSystems.Space space = new SystemCall().of(folder);
    assertThat(space.bytes().capacity()).isEqualTo(Files.getFileStore(folder).getTotalSpace());
    assertThat(space.bytes().available()).isBetween(1L, Files.getFileStore(folder).getTotalSpace());
    assertThat(space.inodes().available()).isLessThanOrEqualTo(space.inodes().capacity());
  }
}
