package dev.argosy.console.live;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Moments as people read them: {@code 31 Jan 2026, 14:05 UTC}. */
public final class Moment {

  private static final DateTimeFormatter FORM = form("d MMM uuuu, HH:mm 'UTC'");
  private static final DateTimeFormatter EXACT = form("d MMM uuuu, HH:mm:ss 'UTC'");

  private Moment() {}

  private static DateTimeFormatter form(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  /** To the second; a dash if there is none. */
  public static String exact(@Nullable Instant moment) {
    return moment == null ? "–" : EXACT.format(moment);
  }

  /** A dash if there is none. */
  public static String of(@Nullable Instant moment) {
    return moment == null ? "–" : FORM.format(moment);
  }

  /** What a field of an object says; null if it says nothing. */
  public static @Nullable Instant in(JsonNode field) {
    String text = field.asString("");
    return text.isEmpty() ? null : Instant.parse(text);
  }
}
