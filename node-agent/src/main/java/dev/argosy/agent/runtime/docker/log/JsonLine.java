package dev.argosy.agent.runtime.docker.log;

import dev.argosy.agent.runtime.log.LogLine;
import dev.argosy.agent.runtime.spi.LogReader.Source;
import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A line of the {@code json-file} driver: {@code {"log":"…\n","stream":"stdout","time":"…"}}, the
 * content without a line feed where a long line goes on in the next one. The time is read when it
 * is asked for, since most readers never do.
 */
record JsonLine(String text, Source source, String written) implements LogLine {

  /** What a line says; empty if it is none, as after a full disk. */
  static Optional<LogLine> parse(byte[] line) {
    try (JsonParser in = Json.mapper().createParser(line)) {
      return in.nextToken() == JsonToken.START_OBJECT ? read(in) : Optional.empty();
    } catch (JacksonException cutOff) {
      return Optional.empty();
    }
  }

  private static Optional<LogLine> read(JsonParser in) {
    String text = "";
    String stream = "";
    String time = "";
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      if (in.nextToken() != JsonToken.VALUE_STRING) {
        in.skipChildren(); // labels and environment that the engine was told to note
        continue;
      }
      switch (name) {
        case "log" -> text = in.getString();
        case "stream" -> stream = in.getString();
        case "time" -> time = in.getString();
        default -> {}
      }
    }
    boolean whole = in.currentToken() == JsonToken.END_OBJECT;
    return switch (stream) {
      case "stdout" -> whole ? Optional.of(new JsonLine(text, Source.STDOUT, time)) : none();
      case "stderr" -> whole ? Optional.of(new JsonLine(text, Source.STDERR, time)) : none();
      default -> none();
    };
  }

  private static Optional<LogLine> none() {
    return Optional.empty();
  }

  @Override
  public boolean whole() {
    return text.endsWith("\n");
  }

  @Override
  public Instant time() {
    try {
      return Instant.parse(written);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }

  @Override
  public byte[] content() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
