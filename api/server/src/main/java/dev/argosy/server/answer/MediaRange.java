package dev.argosy.server.answer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One entry of an Accept header. */
public record MediaRange(String type, Map<String, String> parameters) {

  /** The entries by falling preference; entries of equal weight keep their order. */
  public static List<MediaRange> parse(String accept) {
    List<MediaRange> ranges = new ArrayList<>();
    for (String entry : accept.split(",")) {
      if (!entry.isBlank()) {
        ranges.add(one(entry));
      }
    }
    ranges.removeIf(range -> range.weight() <= 0);
    ranges.sort((a, b) -> Double.compare(b.weight(), a.weight()));
    return ranges;
  }

  private static MediaRange one(String entry) {
    String[] parts = entry.split(";", -1);
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0) {
        parameters.put(
            parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT),
            unquoted(parts[i].substring(equals + 1).strip()));
      }
    }
    return new MediaRange(parts[0].strip().toLowerCase(Locale.ROOT), parameters);
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private double weight() {
    try {
      return Double.parseDouble(parameters.getOrDefault("q", "1"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  public String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  public boolean covers(String mediaType) {
    return type.equals(mediaType)
        || type.equals("*/*")
        || type.endsWith("/*") && mediaType.startsWith(type.substring(0, type.length() - 1));
  }
}
