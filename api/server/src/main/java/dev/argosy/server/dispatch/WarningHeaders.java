package dev.argosy.server.dispatch;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Warnings for people, as headers.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7234#section-5.5">RFC 7234</a>
 */
final class WarningHeaders {

  /** All warnings of one answer together, in characters; if they are more, each is cut. */
  private static final int MAX_TOTAL = 4096;

  private static final int MAX_ONE = 256;

  private WarningHeaders() {}

  static void add(HttpServletResponse response, List<String> warnings) {
    boolean cut = warnings.stream().mapToInt(WarningHeaders::length).sum() > MAX_TOTAL;
    int written = 0;
    for (String warning : warnings) {
      if (warning.isEmpty() || cut && written >= MAX_TOTAL) {
        continue;
      }
      String text = cut ? start(warning) : warning;
      written += length(text);
      response.addHeader("Warning", "299 - " + quoted(text));
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String start(String text) {
    return length(text) <= MAX_ONE ? text : text.substring(0, text.offsetByCodePoints(0, MAX_ONE));
  }

  /** Header bytes are UTF-8; the container writes each char as one byte. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c < 0x20 || c == 0x7f ? ' ' : c);
    }
    byte[] bytes = quoted.append('"').toString().getBytes(StandardCharsets.UTF_8);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
