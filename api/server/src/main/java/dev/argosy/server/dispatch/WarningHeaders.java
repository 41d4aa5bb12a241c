package dev.argosy.server.dispatch;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;

/**
 * Warnings for people, as headers.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7234#section-5.5">RFC 7234</a>
 */
final class WarningHeaders {

  /** All warnings of one answer together; more is cut, as proxies refuse long headers. */
  private static final int MAX_TOTAL = 4096;

  private static final int MAX_ONE = 256;

  private WarningHeaders() {}

  static void add(HttpServletResponse response, List<String> warnings) {
    int total = 0;
    for (String warning : warnings) {
      String text = quoted(warning.length() > MAX_ONE ? warning.substring(0, MAX_ONE) : warning);
      total += text.length();
      if (total > MAX_TOTAL) {
        return;
      }
      response.addHeader("Warning", "299 - " + text);
    }
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c < 0x20 || c > 0x7e ? ' ' : c);
    }
    return quoted.append('"').toString();
  }
}
