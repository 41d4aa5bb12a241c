package dev.argosy.server.custom.schema;

/** Network addresses as texts, read without asking any resolver. */
final class Addresses {

  private Addresses() {}

  static boolean ipv4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (String part : parts) {
      boolean digits =
          !part.isEmpty() && part.length() <= 3 && part.chars().allMatch(Addresses::digit);
      if (!digits || Integer.parseInt(part) > 255 || part.length() > 1 && part.startsWith("0")) {
        return false;
      }
    }
    return true;
  }

  static boolean ipv6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, true) == 8;
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    String front = text.substring(0, gap);
    String back = text.substring(gap + 2);
    int before = front.isEmpty() ? 0 : groups(front, false);
    int after = back.isEmpty() ? 0 : groups(back, true);
    return before >= 0 && after >= 0 && before + after < 8;
  }

  /** How many 16-bit groups; -1 if it is none. */
  private static int groups(String text, boolean last) {
    String[] parts = text.split(":", -1);
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      if (last && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        return ipv4(parts[i]) ? count + 2 : -1;
      }
      boolean hex =
          !parts[i].isEmpty()
              && parts[i].length() <= 4
              && parts[i].chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128);
      if (!hex) {
        return -1;
      }
      count++;
    }
    return count;
  }

  static boolean cidr(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return false;
    }
    String bits = text.substring(slash + 1);
    String address = text.substring(0, slash);
    if (bits.isEmpty() || bits.length() > 3 || !bits.chars().allMatch(Addresses::digit)) {
      return false;
    }
    int length = Integer.parseInt(bits);
    return ipv4(address) && length <= 32 || ipv6(address) && length <= 128;
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }
}
