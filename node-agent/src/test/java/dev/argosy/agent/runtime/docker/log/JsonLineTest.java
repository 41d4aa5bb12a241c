package dev.argosy.agent.runtime.docker.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.LogReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonLineTest {

  @TempDir private Path folder;
  private Path file;
  private PlayedDriver driver;

  @BeforeEach
  void prepare() throws Exception {
    file = folder.resolve("abc-json.log");
    driver = new PlayedDriver(file, 1 << 20, 5);
  }

  private List<String> read(LogQuery query) throws Exception {
    List<String> pieces = new ArrayList<>();
    EngineLog kept = EngineLog.of("json-file", file.toString());
    try (LogReader log = kept.read(query, () -> true).orElseThrow()) {
      for (LogReader.Chunk one = log.next(); one != null; one = log.next()) {
        pieces.add(one.source() + ":" + new String(one.bytes(), UTF_8));
      }
    }
    return pieces;
  }

  @Test
  void linesComeWithTheirSource() throws Exception {
    driver.write("stdout", " a \\\"b\\\" \\u003cc\\u003e\\u2028 \\ud83d\\ude00 é\\r\\n");
    driver.write("stderr", "\\n");
    driver.write("stdout", "\\ufffd\\n");
    assertThat(read(LogQuery.ALL))
        .containsExactly("STDOUT: a \"b\" <c>\u2028 😀 é\r\n", "STDERR:\n", "STDOUT:\ufffd\n");
    assertThat(read(new LogQuery(false, -1, null, false, false, true)))
        .containsExactly("STDERR:\n");
  }

  @Test
  void partsOfALongLineAreOneLine() throws Exception {
    driver.write("stdout", "aa");
    driver.write("stderr", "x\\n");
    driver.write("stdout", "bb\\n");
    driver.say("c");
    assertThat(read(new LogQuery(false, -1, null, true, true, false)))
        .containsExactly(
            "STDOUT:2026-01-02T03:04:00.000000000Z aa",
            "STDOUT:bb\n",
            "STDOUT:2026-01-02T03:04:00.000000003Z c\n");
    assertThat(read(new LogQuery(false, 2, null, false, true, false)))
        .containsExactly("STDOUT:aa", "STDOUT:bb\n", "STDOUT:c\n");
  }

  @Test
  void linesOfBeforeAreLeftOut() throws Exception {
    driver.say("a");
    driver.say("b");
    Instant since = Instant.parse("2026-01-02T03:04:00.000000001Z");
    assertThat(read(new LogQuery(false, -1, since, false, true, true)))
        .containsExactly("STDOUT:b\n");
    assertThat(read(new LogQuery(false, 5, since, false, true, true)))
        .containsExactly("STDOUT:b\n");
  }

  @Test
  void notesOfTheEngineAreNotOfTheLine() throws Exception {
    driver.line(
        "{\"log\":\"a\\n\",\"stream\":\"stdout\",\"attrs\":{\"log\":\"x\",\"stream\":\"y\"},"
            + "\"time\":\"2026-01-02T03:04:05Z\"}");
    assertThat(read(new LogQuery(false, -1, null, true, true, true)))
        .containsExactly("STDOUT:2026-01-02T03:04:05.000000000Z a\n");
  }

  @Test
  void whatIsNoLineIsPassedOver() throws Exception {
    driver.line("");
    driver.line(" ");
    driver.line("\0\0\0");
    driver.line("[]");
    driver.line("7");
    driver.line("{");
    driver.line("{}");
    driver.line("{\"log\":\"cut {\"log\":\"b\\n\",\"stream\":\"stdout\",\"time\":\"\"}");
    driver.line("{\"log\":\"a\\n\",\"stream\":\"stdlog\",\"time\":\"2026-01-02T03:04:05Z\"}");
    driver.line("{\"log\":\"a\\n\",\"stream\":\"stdout\"");
    driver.line("{\"log\":\"no time\\n\",\"stream\":\"stdout\",\"time\":\"soon\"}");
    driver.say("a");
    assertThat(read(LogQuery.ALL)).containsExactly("STDOUT:no time\n", "STDOUT:a\n");
    assertThat(read(new LogQuery(false, -1, Instant.EPOCH.plusNanos(1), false, true, true)))
        .containsExactly("STDOUT:a\n");
  }
}
