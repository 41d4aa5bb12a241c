package dev.argosy.server.request;

import dev.argosy.model.status.Status;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The query of a URL. Values are read as Kubernetes reads them: of a name given twice the first
 * counts; a flag is true unless it says {@code false} or {@code 0}.
 */
public final class QueryParams {

  private final Map<String, List<String>> values;

  private QueryParams(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Parses a raw query, without the question mark.
   *
   * @throws dev.argosy.model.status.StatusException BadRequest for a bad percent escape
   */
  public static QueryParams parse(String raw) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : raw.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      values.computeIfAbsent(decode(name), n -> new ArrayList<>()).add(decode(value));
    }
    return new QueryParams(values);
  }

  public static QueryParams of(Map<String, String> single) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    single.forEach((name, value) -> values.put(name, List.of(value)));
    return new QueryParams(values);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Status.badRequest("invalid URL escape in query: " + text).asException();
    }
  }

  /** The first value; empty text if the name is absent. */
  public String text(String name) {
    List<String> all = values.get(name);
    return all == null ? "" : all.getFirst();
  }

  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  public boolean flag(String name) {
    String value = text(name);
    return has(name) && !value.equalsIgnoreCase("false") && !value.equals("0");
  }

  /** A whole number, if the name is there and not blank. */
  public Optional<Long> number(String name) {
    String value = text(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.parseLong(value));
    } catch (NumberFormatException e) {
      throw Status.badRequest(
              "strconv.ParseInt: parsing \"" + value + "\": invalid syntax (" + name + ")")
          .asException();
    }
  }

  /** Every name with its first value. */
  public Map<String, String> firsts() {
    Map<String, String> firsts = new LinkedHashMap<>();
    values.forEach((name, all) -> firsts.put(name, all.getFirst()));
    return firsts;
  }
}
