package dev.argosy.console.usage;

import java.util.LinkedHashMap;
import java.util.Map;

/** Questions as the API's path {@code /usage} takes them. */
final class Questions {

  private Questions() {}

  /** About a time as a whole, told apart by something. */
  static Map<String, String> inAll(Period period, String by) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("from", period.from().toString());
    query.put("to", period.until().toString());
    query.put("by", by);
    query.put("cost", "if-priced");
    return query;
  }

  /** About each part of a time. */
  static Map<String, String> overTime(Period period, String by) {
    return with(inAll(period, by), "step", period.step().parameter());
  }

  static Map<String, String> with(Map<String, String> query, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(query);
    more.put(name, value);
    return more;
  }
}
