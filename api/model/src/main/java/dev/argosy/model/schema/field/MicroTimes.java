package dev.argosy.model.schema.field;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The text of times with microseconds: always six digits. */
final class MicroTimes {

  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private MicroTimes() {}

  static String write(Instant instant) {
    return FORM.format(instant);
  }
}
