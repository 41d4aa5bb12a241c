package dev.argosy.agent.runtime.docker.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.LogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logs of more than one file, with a played driver that writes to them. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EngineLogTest {

  private static final LogQuery FOLLOW = new LogQuery(true, -1, null, false, true, true);

  private final AtomicBoolean ended = new AtomicBoolean();

  @TempDir private Path folder;
  private Path file;
  private PlayedDriver driver;

  @BeforeEach
  void prepare() throws IOException {
    file = folder.resolve("abc-json.log");
    driver = new PlayedDriver(file, 4096, 5);
  }

  private LogReader open(LogQuery query) {
    return EngineLog.of("json-file", file.toString()).read(query, ended::get).orElseThrow();
  }

  private List<String> read(LogQuery query) throws Exception {
    try (LogReader log = open(query)) {
      return rest(log);
    }
  }

  private static List<String> rest(LogReader log) throws Exception {
    List<String> lines = new ArrayList<>();
    for (LogReader.Chunk one = log.next(); one != null; one = log.next()) {
      lines.add(new String(one.bytes(), UTF_8).strip());
    }
    return lines;
  }

  private static String text(LogReader log) throws Exception {
    LogReader.Chunk next = log.next();
    return next == null ? "" : new String(next.bytes(), UTF_8).strip();
  }

  private void sayAndRotate(String text) throws IOException {
    driver.say(text);
    driver.rotate();
  }

  private static List<String> lines(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(i -> "line " + i).toList();
  }

  @Test
  void allFilesAreReadTheOldestFirst() throws Exception {
    for (int i = 1; i <= 6; i++) {
      sayAndRotate("line " + i);
    }
    driver.say("line 7");
    driver.awaitPacked();
    assertThat(driver.numbered(4, ".gz")).exists();
    assertThat(driver.numbered(5, ".gz")).doesNotExist();
    assertThat(read(LogQuery.ALL)).isEqualTo(lines(3, 7));
    assertThat(read(new LogQuery(false, 3, null, false, true, true))).isEqualTo(lines(5, 7));
    assertThat(read(new LogQuery(false, 0, null, false, true, true))).isEmpty();
  }

  @Test
  void aFileIsReadOnceWhileItIsCompressed() throws Exception {
    sayAndRotate("line 1");
    sayAndRotate("line 2");
    driver.awaitPacked();
    driver.say("line 3");
    driver.moveUp();
    driver.goOn();
    Files.writeString(driver.numbered(1, ".gz"), "begun");
    driver.say("line 4");
    assertThat(read(LogQuery.ALL)).isEqualTo(lines(1, 4));
  }

  @Test
  void whatWasCutOffIsPassedOver() throws Exception {
    sayAndRotate("line 1");
    driver.awaitPacked();
    byte[] packed = Files.readAllBytes(driver.numbered(1, ".gz"));
    Files.write(driver.numbered(2, ".gz"), java.util.Arrays.copyOf(packed, packed.length / 2));
    Files.createFile(driver.numbered(3, ".gz"));
    driver.say("line 2");
    assertThat(read(LogQuery.ALL)).isEqualTo(lines(1, 2));
  }

  @Test
  void aReaderWhoLagsMissesNoFile() throws Exception {
    driver.say("line 1");
    try (LogReader log = open(FOLLOW)) {
      assertThat(text(log)).isEqualTo("line 1");
      for (int i = 2; i <= 4; i++) {
        sayAndRotate("line " + i);
      }
      driver.say("line 5");
      ended.set(true);
      assertThat(rest(log)).isEqualTo(lines(2, 5));
    }
  }

  @Test
  void aReaderWhoLagsTooFarGoesOnWithTheOldestThatIsKept() throws Exception {
    driver.say("line 1");
    try (LogReader log = open(FOLLOW)) {
      assertThat(text(log)).isEqualTo("line 1");
      for (int i = 2; i <= 9; i++) {
        sayAndRotate("line " + i);
      }
      driver.say("line 10");
      ended.set(true);
      assertThat(rest(log))
          .containsExactly("line 2", "line 6", "line 7", "line 8", "line 9", "line 10");
    }
  }

  @Test
  void aRotationThatIsNotDoneYetIsAwaited() throws Exception {
    sayAndRotate("line 1");
    driver.awaitPacked();
    driver.say("line 2");
    driver.moveUp();
    assertThat(read(LogQuery.ALL)).isEqualTo(lines(1, 2));
    try (LogReader log = open(FOLLOW)) {
      assertThat(text(log)).isEqualTo("line 1");
      assertThat(text(log)).isEqualTo("line 2");
      assertThat(log.ready()).isFalse();
      driver.goOn();
      driver.say("line 3");
      assertThat(text(log)).isEqualTo("line 3");
      driver.say("line 4");
      driver.moveUp();
      assertThat(text(log)).isEqualTo("line 4");
      assertThat(log.ready()).isFalse();
      driver.goOn();
      driver.say("line 5");
      ended.set(true);
      assertThat(rest(log)).isEqualTo(lines(5, 5));
    }
  }

  @Test
  void nothingIsLostOrDoubledWhileItIsWrittenRotatedCompressedAndRead() throws Exception {
    driver = new PlayedDriver(file, 4096, 200);
    int last = 6000;
    Thread writer =
        Thread.ofVirtual()
            .start(() -> {
              try {
                for (int i = 1; i <= last; i++) {
                  driver.say("line " + i);
                }
              } catch (IOException e) {
                throw new AssertionError(e);
              } finally {
                ended.set(true);
              }
            });
    try (LogReader lagging = open(FOLLOW)) {
      assertThat(read(FOLLOW)).isEqualTo(lines(1, last));
      writer.join();
      assertThat(rest(lagging)).isEqualTo(lines(1, last));
    }
    assertThat(driver.numbered(100, ".gz")).exists();
  }

  @Test
  void aLogThatIsEmptiedIsFollowedFromItsBeginning() throws Exception {
    driver.say("a line that is long enough");
    try (LogReader log = open(FOLLOW)) {
      assertThat(text(log)).startsWith("a line");
      Files.newOutputStream(file).close();
      assertThat(log.ready()).isFalse();
      driver.say("short");
      assertThat(text(log)).isEqualTo("short");
    }
  }

  @Test
  void whoDoesNotFollowReadsWhatIsThere() throws Exception {
    driver.say("line 1");
    try (LogReader log = open(LogQuery.ALL)) {
      driver.say("line 2");
      sayAndRotate("line 3");
      assertThat(rest(log)).isEqualTo(lines(1, 1));
    }
  }

  @Test
  void whatTheAgentDoesNotSeeIsLeftToTheEngine() {
    String elsewhere = folder.resolve("no/such/abc-json.log").toString();
    assertThat(EngineLog.of("json-file", elsewhere).read(FOLLOW, ended::get)).isEmpty();
    assertThat(EngineLog.of("json-file", null).read(FOLLOW, ended::get)).isEmpty();
    assertThat(EngineLog.of("json-file", "").read(FOLLOW, ended::get)).isEmpty();
    assertThat(EngineLog.of("local", file.toString()).read(FOLLOW, ended::get)).isEmpty();
    assertThat(EngineLog.of(null, file.toString()).read(FOLLOW, ended::get)).isEmpty();
  }
}
