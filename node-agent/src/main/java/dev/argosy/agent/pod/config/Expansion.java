package dev.argosy.agent.pod.config;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code $(NAME)} by a variable's value; {@code $$} stands for one dollar sign; what is no
 * known variable stays.
 */
final class Expansion {

  private Expansion() {}

  static String expand(String text, Map<String, String> values) {
    return expand(text, values::get);
  }

  /** The same with values of any source; it answers null for what it does not know. */
  static String expand(String text, Function<String, @Nullable String> values) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
      int close = c == '$' && next == '(' ? text.indexOf(')', at) : -1;
      if (c == '$' && next == '$') {
        out.append('$');
        at += 2;
      } else if (close > 0) {
        String name = text.substring(at + 2, close);
        String value = values.apply(name);
        out.append(value == null ? text.substring(at, close + 1) : value);
        at = close + 1;
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }
}
