package dev.argosy.agent.runtime.cri.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class FileLogTest {

  private static final LogQuery FOLLOW = new LogQuery(true, -1, null, false, true, true);

  private final AtomicBoolean ended = new AtomicBoolean();

  @TempDir private Path root;
  private LogFolders logs;
  private Path file;

  @BeforeEach
  void prepare() throws RuntimeFailure {
    logs = new LogFolders(root);
    file = root.resolve(logs.prepare("web"));
  }

  private void write(String... lines) throws IOException {
    Files.writeString(
        file,
        String.join("\n", lines) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static String at(int second, String rest) {
    return "2026-01-02T03:04:%02d.5+01:00 %s".formatted(second, rest);
  }

  private LogReader open(LogQuery query) throws RuntimeFailure {
    return logs.read("web", query, ended::get);
  }

  private List<String> read(LogQuery query) throws Exception {
    List<String> pieces = new ArrayList<>();
    try (LogReader log = open(query)) {
      for (LogReader.Chunk one = log.next(); one != null; one = log.next()) {
        pieces.add(one.source() + ":" + new String(one.bytes(), UTF_8));
      }
    }
    return pieces;
  }

  @Test
  void linesComeWithTheirSource() throws Exception {
    write(at(1, "stdout F a b "), at(2, "stderr F "), at(3, "stdout F:x c"));
    assertThat(read(LogQuery.ALL)).containsExactly("STDOUT:a b \n", "STDERR:\n", "STDOUT:c\n");
    assertThat(read(new LogQuery(false, -1, null, false, false, true)))
        .containsExactly("STDERR:\n");
  }

  @Test
  void partsOfALongLineAreOneLine() throws Exception {
    write(at(1, "stdout P aa"), at(2, "stderr F x"), at(3, "stdout F bb"), at(4, "stdout F c"));
    assertThat(read(new LogQuery(false, -1, null, true, true, false)))
        .containsExactly(
            "STDOUT:2026-01-02T02:04:01.500000000Z aa",
            "STDOUT:bb\n",
            "STDOUT:2026-01-02T02:04:04.500000000Z c\n");
    assertThat(read(new LogQuery(false, 2, null, false, true, false)))
        .containsExactly("STDOUT:aa", "STDOUT:bb\n", "STDOUT:c\n");
    assertThat(read(new LogQuery(false, 0, null, false, true, true))).isEmpty();
  }

  @Test
  void linesOfBeforeAreLeftOut() throws Exception {
    write(at(1, "stdout F a"), at(2, "stdout F b"));
    Instant since = Instant.parse("2026-01-02T02:04:02Z");
    assertThat(read(new LogQuery(false, -1, since, false, true, true)))
        .containsExactly("STDOUT:b\n");
    assertThat(read(new LogQuery(false, 5, since, false, true, true)))
        .containsExactly("STDOUT:b\n");
  }

  @Test
  void whatIsNoLineIsPassedOver() throws Exception {
    write("", " ", "nonsense", at(1, "stdlog F a"), at(1, "stdout"), at(1, "stdout F a"));
    write("x stdout F b");
    Files.writeString(file, at(1, "stdout F cut"), StandardOpenOption.APPEND);
    assertThat(read(LogQuery.ALL)).containsExactly("STDOUT:a\n");
  }

  @Test
  void aLogThatWasNeverWrittenIsEmpty() throws Exception {
    assertThat(read(LogQuery.ALL)).isEmpty();
  }

  @Test
  void whatIsWrittenIsFollowedThroughARotationUntilTheEnd() throws Exception {
    write(at(1, "stdout F a"));
    try (LogReader log = open(FOLLOW)) {
      assertThat(text(log)).isEqualTo("a\n");
      write(at(2, "stdout F b"));
      assertThat(text(log)).isEqualTo("b\n");
      rotate();
      write(at(4, "stdout F d"));
      assertThat(text(log)).isEqualTo("c\n");
      assertThat(text(log)).isEqualTo("d\n");
      ended.set(true);
      write(at(5, "stdout F e"));
      assertThat(text(log)).isEqualTo("e\n");
      assertThat(log.next()).isNull();
    }
    assertThat(read(new LogQuery(false, 2, null, false, true, true)))
        .containsExactly("STDOUT:d\n", "STDOUT:e\n");
    assertThat(read(LogQuery.ALL)).endsWith("STDOUT:c\n", "STDOUT:d\n", "STDOUT:e\n");
  }

  private static String text(LogReader log) throws Exception {
    LogReader.Chunk next = log.next();
    return next == null ? "" : new String(next.bytes(), UTF_8);
  }

  private void rotate() throws RuntimeFailure, IOException {
    write(at(3, "stdout F c"));
    fill();
    logs.rotate(
        "web",
        () -> { // what the runtime does
          try {
            Files.createFile(file);
          } catch (IOException e) {
            throw new RuntimeFailure(Kind.REFUSED, e.toString());
          }
        });
  }

  /** Makes it too long, with what is no line. */
  private void fill() throws IOException {
    Files.write(file, new byte[(10 << 20) + 1], StandardOpenOption.APPEND);
    Files.writeString(file, "\n", StandardOpenOption.APPEND);
  }

  @Test
  void aShortLogIsNotRotated() throws Exception {
    write(at(1, "stdout F a"));
    logs.rotate(
        "web",
        () -> {
          throw new RuntimeFailure(Kind.REFUSED, "never asked");
        });
    assertThat(root.resolve("web/0.log.1")).doesNotExist();
  }

  @Test
  void aLogThatCouldNotBeReopenedIsWhereItWas() throws Exception {
    write(at(1, "stdout F a"));
    fill();
    RuntimeFailure failure =
        catchThrowableOfType(
            RuntimeFailure.class,
            () ->
                logs.rotate(
                    "web",
                    () -> {
                      throw new RuntimeFailure(Kind.CONFLICT, "it has ended");
                    }));
    assertThat(failure).hasMessage("it has ended");
    assertThat(root.resolve("web/0.log.1")).doesNotExist();
    assertThat(read(LogQuery.ALL)).containsExactly("STDOUT:a\n");
  }

  @Test
  void nothingIsLeftOfARemovedLog() throws Exception {
    rotate();
    logs.remove("web");
    logs.remove("web");
    assertThat(root).isEmptyDirectory();
  }
}
