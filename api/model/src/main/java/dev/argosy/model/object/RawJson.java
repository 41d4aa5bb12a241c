package dev.argosy.model.object;

import java.nio.charset.StandardCharsets;

/**
 * Finds its way through the bytes of valid JSON, which it neither checks nor decodes. Offsets are
 * those of the array.
 */
final class RawJson {

  private RawJson() {}

  /** The first offset from there on that is no white space. */
  static int token(byte[] json, int at) {
    int i = at;
    while (json[i] == ' ' || json[i] == '\n' || json[i] == '\r' || json[i] == '\t') {
      i++;
    }
    return i;
  }

  /** Where the value begins of a member whose name's opening quote is there. */
  static int valueOf(byte[] json, int name) {
    int colon = token(json, closingQuote(json, name) + 1);
    return token(json, colon + 1);
  }

  /** The offset behind the value that begins there. */
  static int after(byte[] json, int value) {
    return switch (json[value]) {
      case '"' -> closingQuote(json, value) + 1;
      case '{', '[' -> afterMembers(json, value + 1);
      default -> {
        int i = value;
        while (",]} \n\r\t".indexOf(json[i]) < 0) {
          i++;
        }
        yield i;
      }
    };
  }

  /** The offset behind the brace or bracket that closes what is open at that offset. */
  static int afterMembers(byte[] json, int within) {
    int at = within;
    int open = 1;
    while (open > 0) {
      switch (json[at]) {
        case '"' -> at = closingQuote(json, at);
        case '{', '[' -> open++;
        case '}', ']' -> open--;
        default -> {}
      }
      at++;
    }
    return at;
  }

  private static int closingQuote(byte[] json, int opening) {
    int at = opening + 1;
    while (json[at] != '"') {
      at += json[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  /**
   * Where the value of a member begins.
   *
   * @param members an offset within an object, at a name, at the comma before one, or at the
   *     closing brace
   * @param quoted the name with its quotes; must have no escapes
   * @return -1 if there is no such member from there on
   */
  static int member(byte[] json, int members, byte[] quoted) {
    int at = token(json, members);
    while (json[at] != '}') {
      int name = json[at] == ',' ? token(json, at + 1) : at;
      int value = valueOf(json, name);
      if (startsWith(json, name, quoted)) {
        return value;
      }
      at = token(json, after(json, value));
    }
    return -1;
  }

  static boolean startsWith(byte[] json, int at, byte[] what) {
    return at + what.length <= json.length
        && java.util.Arrays.equals(json, at, at + what.length, what, 0, what.length);
  }

  /** The string that begins there; empty if something else does. */
  static String text(byte[] json, int value) {
    if (json[value] != '"') {
      return "";
    }
    int end = closingQuote(json, value);
    for (int i = value + 1; i < end; i++) {
      if (json[i] == '\\') {
        return Json.mapper().readTree(json, value, end + 1 - value).asString();
      }
    }
    return new String(json, value + 1, end - value - 1, StandardCharsets.UTF_8);
  }
}
