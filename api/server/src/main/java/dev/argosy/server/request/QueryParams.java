package dev.argosy.server.request;

import dev.argosy.model.status.Status;
import dev.argosy.model.time.GoDuration;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

  /** More parameters than any client sends; the words of a command are parameters too. */
  private static final int MOST = 2_000;

  private final Map<String, List<String>> values;

  private QueryParams(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Parses a raw query, without the question mark.
   *
   * @throws dev.argosy.model.status.StatusException BadRequest for a bad percent escape, or more
   *     parameters than anybody needs
   */
  public static QueryParams parse(String raw) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    int count = 0;
    for (String pair : raw.split("&")) {
      if (pair.isEmpty()) {
        continue;
      }
      if (++count > MOST) {
        throw Status.badRequest("the query has more than " + MOST + " parameters").asException();
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

  /**
   * How long the client wants to wait for the answer ({@code timeout}); zero if it does not say.
   *
   * @throws dev.argosy.model.status.StatusException BadRequest if it is no length of time
   */
  public Duration timeout() {
    String value = text("timeout");
    if (value.isEmpty()) {
      return Duration.ZERO;
    }
    try {
      return GoDuration.parse(value);
    } catch (IllegalArgumentException e) {
      throw Status.badRequest("invalid timeout specified in the request URL - " + e.getMessage())
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
