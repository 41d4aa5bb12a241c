package dev.argosy.agent.runtime.cri.log;

import dev.argosy.agent.runtime.log.LogLine;
import dev.argosy.agent.runtime.spi.LogReader.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A line as CRI runtimes write it: {@code TIME stdout|stderr F|P CONTENT}. The time is read when it
 * is asked for, since most readers never do.
 *
 * @param line all of it
 * @param timeEnd how many bytes the time has
 * @param from where the content begins
 * @param whole whether the line that the program wrote ends here; a long one comes in parts
 */
record CriLine(byte[] line, int timeEnd, int from, Source source, boolean whole)
    implements LogLine {

  private static final byte[] STDOUT = "stdout".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STDERR = "stderr".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TIME_FORM = "0000-00-00T00:00:00".getBytes(StandardCharsets.US_ASCII);

  /** What a line says; empty if it is none, as after a full disk. */
  static Optional<LogLine> parse(byte[] line) {
    int first = space(line, 0);
    int second = first < TIME_FORM.length ? -1 : space(line, first + 1);
    if (second < 0 || !beginsWithTime(line)) {
      return Optional.empty();
    }
    boolean stderr = Arrays.equals(line, first + 1, second, STDERR, 0, STDERR.length);
    if (!stderr && !Arrays.equals(line, first + 1, second, STDOUT, 0, STDOUT.length)) {
      return Optional.empty();
    }
    int third = space(line, second + 1);
    int tags = third < 0 ? line.length : third;
    boolean part =
        tags > second + 1
            && line[second + 1] == 'P'
            && (tags == second + 2 || line[second + 2] == ':');
    return Optional.of(
        new CriLine(
            line,
            first,
            third < 0 ? line.length : third + 1,
            stderr ? Source.STDERR : Source.STDOUT,
            !part));
  }

  private static boolean beginsWithTime(byte[] line) {
    for (int i = 0; i < TIME_FORM.length; i++) {
      boolean digit = line[i] >= '0' && line[i] <= '9';
      if (TIME_FORM[i] == '0' ? !digit : line[i] != TIME_FORM[i]) {
        return false;
      }
    }
    return true;
  }

  private static int space(byte[] line, int from) {
    for (int i = from; i < line.length; i++) {
      if (line[i] == ' ') {
        return i;
      }
    }
    return -1;
  }

  @Override
  public Instant time() {
    try {
      String text = new String(line, 0, timeEnd, StandardCharsets.US_ASCII);
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  @Override
  public byte[] content() {
    byte[] content = Arrays.copyOfRange(line, from, line.length + (whole ? 1 : 0));
    if (whole) {
      content[content.length - 1] = '\n';
    }
    return content;
  }
}
