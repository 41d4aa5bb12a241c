package dev.argosy.server.custom.schema;

/** Numbers that end with a digit which proves the others. */
final class CheckDigits {

  private CheckDigits() {}

  static boolean ten(String text) {
    String digits = plain(text);
    if (!digits.matches("[0-9]{9}[0-9X]")) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      char c = digits.charAt(i);
      sum += (10 - i) * (c == 'X' ? 10 : c - '0');
    }
    return sum % 11 == 0;
  }

  static boolean thirteen(String text) {
    String digits = plain(text);
    if (!digits.matches("[0-9]{13}")) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 13; i++) {
      sum += (i % 2 == 0 ? 1 : 3) * (digits.charAt(i) - '0');
    }
    return sum % 10 == 0;
  }

  /** By Luhn's sum. */
  static boolean card(String text) {
    String digits = plain(text);
    if (!digits.matches("[0-9]{12,19}")) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit : 2 * digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }

  private static String plain(String text) {
    return text.replace("-", "").replace(" ", "");
  }
}
