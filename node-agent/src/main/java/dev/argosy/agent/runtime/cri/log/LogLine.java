package dev.argosy.agent.runtime.cri.log;

import dev.argosy.agent.runtime.spi.LogReader.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A line of a log file: {@code TIME stdout|stderr F|P CONTENT}.
 *
 * @param whole whether the line that the program wrote ends here; a long one comes in parts
 */
record LogLine(Instant time, Source source, boolean whole, byte[] content) {

  /** What a line says; empty if it is none, as after a full disk. */
  static Optional<LogLine> parse(byte[] line) {
    int first = space(line, 0);
    int second = first < 0 ? -1 : space(line, first + 1);
    if (second < 0) {
      return Optional.empty();
    }
    int third = space(line, second + 1);
    String source = ascii(line, first + 1, second);
    String tags = ascii(line, second + 1, third < 0 ? line.length : third);
    if (!source.equals("stdout") && !source.equals("stderr")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LogLine(
              OffsetDateTime.parse(ascii(line, 0, first)).toInstant(),
              source.equals("stderr") ? Source.STDERR : Source.STDOUT,
              !tags.equals("P") && !tags.startsWith("P:"),
              third < 0 ? new byte[0] : Arrays.copyOfRange(line, third + 1, line.length)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static int space(byte[] line, int from) {
    for (int i = from; i < line.length; i++) {
      if (line[i] == ' ') {
        return i;
      }
    }
    return -1;
  }

  private static String ascii(byte[] line, int from, int to) {
    return new String(line, from, to - from, StandardCharsets.US_ASCII);
  }
}
