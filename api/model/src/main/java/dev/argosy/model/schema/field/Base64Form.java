package dev.argosy.model.schema.field;

/** Standard base64 with padding, checked without decoding. */
final class Base64Form {

  private Base64Form() {}

  /** The offset of the first character that does not belong; -1 if all is well. */
  static int firstWrong(String text) {
    int length = text.length();
    int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
    int body = length - padding;
    for (int i = 0; i < body; i++) {
      if (!member(text.charAt(i))) {
        return i;
      }
    }
    return length % 4 == 0 ? -1 : body;
  }

  private static boolean member(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }
}
