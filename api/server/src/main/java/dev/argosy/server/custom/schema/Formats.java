package dev.argosy.server.custom.schema;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The formats of texts that Kubernetes checks; others mean nothing. */
final class Formats {

  private static final Pattern DATE_TIME =
      Pattern.compile(
          "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})([.][0-9]+)?([Zz]|[+-][0-9]{2}:?[0-9]{2})$");
  private static final String HEX = "[0-9a-fA-F]";
  private static final String UUID_FORM =
      "^(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?%s-?%s[0-9a-f]{3}-?[0-9a-f]{12}$";
  private static final String HOST_LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
  private static final String DURATION_UNITS =
      "(ns|nanoseconds?|us|µs|μs|microseconds?|ms|milliseconds?|s|sec|secs|seconds?|m|min|mins|"
          + "minutes?|h|hr|hrs|hours?|d|days?|w|weeks?|wk|wks)";

  private static final Map<String, Predicate<String>> KNOWN =
      Map.ofEntries(
          Map.entry("date", Formats::date),
          Map.entry("date-time", Formats::dateTime),
          Map.entry("datetime", Formats::dateTime),
          Map.entry("byte", Formats::base64),
          Map.entry("uri", Formats::uri),
          Map.entry("email", regex("^[^@\\s<>]+@[^@\\s<>]+$")),
          Map.entry("hostname", regex("^" + HOST_LABEL + "([.]" + HOST_LABEL + ")*[.]?$")),
          Map.entry("ipv4", Addresses::ipv4),
          Map.entry("ipv6", Addresses::ipv6),
          Map.entry("cidr", Addresses::cidr),
          Map.entry(
              "mac",
              regex(
                  "^("
                      + HEX
                      + "{2}([:-]"
                      + HEX
                      + "{2}){5,7}|"
                      + HEX
                      + "{4}([.]"
                      + HEX
                      + "{4}){2,3})$")),
          Map.entry("uuid", uuid(HEX + "{4}", HEX)),
          Map.entry("uuid3", uuid("3[0-9a-f]{3}", HEX)),
          Map.entry("uuid4", uuid("4[0-9a-f]{3}", "[89ab]")),
          Map.entry("uuid5", uuid("5[0-9a-f]{3}", "[89ab]")),
          Map.entry("isbn10", CheckDigits::ten),
          Map.entry("isbn13", CheckDigits::thirteen),
          Map.entry("isbn", text -> CheckDigits.ten(text) || CheckDigits.thirteen(text)),
          Map.entry("creditcard", CheckDigits::card),
          Map.entry("ssn", regex("^[0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4}$")),
          Map.entry("hexcolor", regex("^#?(" + HEX + "{3}|" + HEX + "{6})$")),
          Map.entry(
              "rgbcolor",
              regex("^rgb\\(\\s*[0-9]{1,3}\\s*,\\s*[0-9]{1,3}\\s*,\\s*[0-9]{1,3}\\s*\\)$")),
          Map.entry("bsonobjectid", regex("^" + HEX + "{24}$")),
          Map.entry(
              "duration", regex("^(0|[-+]?([0-9]+([.][0-9]*)?\\s*" + DURATION_UNITS + "\\s*)+)$")));

  private Formats() {}

  static Optional<Predicate<String>> of(String format) {
    return Optional.ofNullable(KNOWN.get(format));
  }

  private static Predicate<String> regex(String text) {
    Pattern pattern = Pattern.compile(text);
    return value -> pattern.matcher(value).find();
  }

  private static Predicate<String> uuid(String third, String fourth) {
    return regex(UUID_FORM.formatted(third, fourth));
  }

  private static boolean date(String text) {
    try {
      LocalDate.parse(text);
      return text.length() == 10;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean dateTime(String text) {
    var matcher = DATE_TIME.matcher(text);
    if (!matcher.find() || !date(text.substring(0, 10))) {
      return false;
    }
    return new BigDecimal(matcher.group(1)).intValue() < 24
        && new BigDecimal(matcher.group(2)).intValue() < 60
        && new BigDecimal(matcher.group(3)).intValue() < 61;
  }

  private static boolean base64(String text) {
    try {
      Base64.getDecoder().decode(text.replaceAll("[\\r\\n]", ""));
      return text.replaceAll("[\\r\\n]", "").length() % 4 == 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** As a request line may name it: absolute, or a path. */
  private static boolean uri(String text) {
    try {
      URI uri = new URI(text);
      return uri.isAbsolute() || text.startsWith("/");
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
