package dev.argosy.server.cel.library;

import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.eval.FunctionTable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.ToLongFunction;

/** The parts of a timestamp, in UTC or a named zone, and of a duration. */
final class Calendar {

  private Calendar() {}

  static void define(FunctionTable.Builder functions) {
    functions.costsOne();
    part(functions, "getFullYear", ZonedDateTime::getYear);
    part(functions, "getMonth", time -> time.getMonthValue() - 1);
    part(functions, "getDate", ZonedDateTime::getDayOfMonth);
    part(functions, "getDayOfMonth", time -> time.getDayOfMonth() - 1);
    part(functions, "getDayOfWeek", time -> time.getDayOfWeek().getValue() % 7);
    part(functions, "getDayOfYear", time -> time.getDayOfYear() - 1);
    part(functions, "getHours", ZonedDateTime::getHour);
    part(functions, "getMinutes", ZonedDateTime::getMinute);
    part(functions, "getSeconds", ZonedDateTime::getSecond);
    part(functions, "getMilliseconds", time -> time.getNano() / 1_000_000);
    functions.add("getHours", Duration.class, Duration::toHours);
    functions.add("getMinutes", Duration.class, Duration::toMinutes);
    functions.add("getSeconds", Duration.class, Duration::toSeconds);
    functions.add("getMilliseconds", Duration.class, Duration::toMillis);
  }

  private static void part(
      FunctionTable.Builder functions, String name, ToLongFunction<ZonedDateTime> part) {
    functions.add(name, Instant.class, time -> part.applyAsLong(time.atZone(ZoneOffset.UTC)));
    functions.add(
        name,
        Instant.class,
        String.class,
        (time, zone) -> part.applyAsLong(time.atZone(zone(zone))));
  }

  /** A name of the time zone database, or an offset such as {@code 02:00}. */
  private static ZoneId zone(String text) {
    try {
      boolean unsigned = !text.isEmpty() && Character.isDigit(text.charAt(0));
      return ZoneId.of(unsigned ? "+" + text : text);
    } catch (DateTimeException e) {
      throw new EvalError("unknown time zone " + text);
    }
  }
}
