package dev.argosy.server.request;

import java.nio.charset.StandardCharsets;

/** What field managers may be called, and what they are called if they do not say. */
public final class ManagerNames {

  static final int MAX_BYTES = 128;

  private ManagerNames() {}

  /** The name of a client's program: what stands in front of its version. */
  public static String ofUserAgent(String agent) {
    int slash = agent.indexOf('/');
    StringBuilder name = new StringBuilder();
    int bytes = 0;
    for (int c : (slash < 0 ? agent : agent.substring(0, slash)).codePoints().toArray()) {
      if (!printable(c)) {
        continue;
      }
      bytes += length(Character.toString(c));
      if (bytes > MAX_BYTES) {
        break;
      }
      name.appendCodePoint(c);
    }
    return name.toString();
  }

  static int length(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  static boolean printable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
