package dev.argosy.agent.runtime.cri.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.LogLimits;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs of more than one file, with a played runtime that writes to them. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RotationTest {

  private static final LogQuery FOLLOW = new LogQuery(true, -1, null, false, true, true);
  private static final String FILLING = "x".repeat(4096);

  private final AtomicBoolean ended = new AtomicBoolean();

  @TempDir private Path root;
  private LogFolders logs;
  private Path file;
  private OutputStream open;

  @BeforeEach
  void prepare() throws Exception {
    logs = new LogFolders(root, new LogLimits(4096, 4));
    file = root.resolve(logs.prepare("web"));
    reopen();
  }

  private void reopen() throws IOException {
    open = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void write(String text) throws IOException {
    open.write(("2026-01-02T03:04:05.5Z stdout F " + text + "\n").getBytes(UTF_8));
  }

  /** One line that is said and one that makes it long enough; then the runtime reopens it. */
  private void writeAndRotate(String text) throws Exception {
    write(text);
    open.write((FILLING + "\n").getBytes(UTF_8));
    rotate();
  }

  private void rotate() throws RuntimeFailure {
    logs.rotate(
        "web",
        () -> {
          try {
            open.close();
            reopen();
          } catch (IOException e) {
            throw new RuntimeFailure(RuntimeFailure.Kind.REFUSED, e.toString());
          }
        });
  }

  private List<String> read(LogQuery query) throws Exception {
    List<String> lines = new ArrayList<>();
    try (LogReader log = logs.read("web", query, ended::get)) {
      for (LogReader.Chunk one = log.next(); one != null; one = log.next()) {
        lines.add(new String(one.bytes(), UTF_8).strip());
      }
    }
    return lines;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(root.resolve("web"))) {
      return all.map(one -> one.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theOldestGoAndAllButTheNewestAreCompressed() throws Exception {
    for (int i = 1; i <= 5; i++) {
      writeAndRotate("line " + i);
    }
    write("line 6");
    assertThat(files()).containsExactly("0.log", "0.log.3.gz", "0.log.4.gz", "0.log.5");
    assertThat(Files.size(root.resolve("web/0.log.3.gz"))).isLessThan(1000);
    assertThat(read(LogQuery.ALL)).containsExactly("line 3", "line 4", "line 5", "line 6");
  }

  @Test
  void theLastLinesAreFoundInOlderFilesToo() throws Exception {
    for (int i = 1; i <= 3; i++) {
      writeAndRotate("line " + i);
    }
    assertThat(read(new LogQuery(false, 2, null, false, true, true)))
        .containsExactly("line 2", "line 3");
    write("line 4");
    assertThat(read(new LogQuery(false, 1, null, false, true, true))).containsExactly("line 4");
    assertThat(read(new LogQuery(false, 99, null, false, true, true))).hasSize(4);
  }

  @Test
  void whatACrashLeftBehindIsClearedAwayAndReadOnce() throws Exception {
    writeAndRotate("line 1");
    writeAndRotate("line 2");
    Files.copy(root.resolve("web/0.log.2"), root.resolve("web/0.log.1")); // not yet removed
    Files.writeString(root.resolve("web/0.log.2.gz.tmp"), "cut off");
    assertThat(read(LogQuery.ALL)).containsExactly("line 1", "line 2");
    writeAndRotate("line 3");
    assertThat(read(LogQuery.ALL)).containsExactly("line 1", "line 2", "line 3");
    assertThat(files()).containsExactly("0.log", "0.log.1.gz", "0.log.2.gz", "0.log.3");
  }

  @Test
  void aReaderWhoLagsMissesNoFile() throws Exception {
    write("line 1");
    try (LogReader log = logs.read("web", FOLLOW, ended::get)) {
      assertThat(text(log)).isEqualTo("line 1");
      for (int i = 2; i <= 4; i++) {
        writeAndRotate("line " + i);
      }
      write("line 5");
      ended.set(true);
      for (int i = 2; i <= 5; i++) {
        assertThat(text(log)).isEqualTo("line " + i);
      }
      assertThat(log.next()).isNull();
    }
  }

  @Test
  void aLineThatCameLateToTheOldFileIsRead() throws Exception {
    OutputStream old = open;
    write("line 1");
    try (LogReader log = logs.read("web", FOLLOW, ended::get)) {
      old.write((FILLING + "\n").getBytes(UTF_8));
      logs.rotate("web", () -> uncheckedReopen());
      write("line 2");
      assertThat(text(log)).isEqualTo("line 1");
      assertThat(text(log)).isEqualTo("line 2");
      old.write("2026-01-02T03:04:05.5Z stderr F late\n".getBytes(UTF_8));
      old.close();
      write("line 3");
      ended.set(true);
      assertThat(List.of(text(log), text(log))).containsExactlyInAnyOrder("late", "line 3");
      assertThat(log.next()).isNull();
    }
  }

  private void uncheckedReopen() throws RuntimeFailure {
    try {
      reopen();
    } catch (IOException e) {
      throw new RuntimeFailure(RuntimeFailure.Kind.REFUSED, e.toString());
    }
  }

  @Test
  void nothingIsLostOrDoubledWhileItIsWrittenRotatedAndRead() throws Exception {
    logs = new LogFolders(root, new LogLimits(4096, 1000));
    int last = 4000;
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                for (int i = 1; i <= last; i++) {
                  write("line " + i);
                  if (i % 100 == 0) {
                    rotate();
                  }
                }
              } catch (IOException | RuntimeFailure e) {
                throw new AssertionError(e);
              } finally {
                ended.set(true);
              }
            });
    assertThat(read(FOLLOW))
        .isEqualTo(IntStream.rangeClosed(1, last).mapToObj(i -> "line " + i).toList());
    writer.join();
    assertThat(files()).hasSizeGreaterThan(20);
  }

  @Test
  void whatIsThereIsToldFromWhatIsAwaited() throws Exception {
    write("line 1");
    write("line 2");
    open.write("2026-01-02T03:04:05.5Z stdout F begun".getBytes(UTF_8));
    try (LogReader log = logs.read("web", FOLLOW, ended::get)) {
      assertThat(log.ready()).isTrue();
      assertThat(text(log)).isEqualTo("line 1");
      assertThat(log.ready()).isTrue();
      assertThat(text(log)).isEqualTo("line 2");
      assertThat(log.ready()).isFalse();
      open.write(" and ended\n".getBytes(UTF_8));
      assertThat(log.ready()).isTrue();
      assertThat(text(log)).isEqualTo("begun and ended");
    }
  }

  @Test
  void limitsThatCannotBeKeptAreRefused() {
    assertThat(
            catchThrowableOfType(IllegalArgumentException.class, () -> new LogLimits(10 << 20, 1)))
        .hasMessageContaining("--container-log-max-files is at least 2");
    assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> new LogLimits(1, 5)))
        .hasMessageContaining("--container-log-max-size");
  }

  private static String text(LogReader log) throws Exception {
    LogReader.Chunk next = log.next();
    return next == null ? "" : new String(next.bytes(), UTF_8).strip();
  }
}
