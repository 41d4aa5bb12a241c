package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** IP addresses in text form. Names are never looked up. */
final class Addresses {

  private Addresses() {}

  /** The address; null if the text is none. */
  static @Nullable InetAddress parse(String text) {
    boolean v6 = text.indexOf(':') >= 0;
    if (text.isEmpty() || text.indexOf('%') >= 0 || (!v6 && !dotted(text))) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean dotted(String text) {
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        dots++;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return dots == 3;
  }

  /** The one way to write an address: RFC 5952 for IPv6. */
  static String canonical(byte[] address) {
    StringBuilder text = new StringBuilder();
    if (address.length == 4) {
      for (byte part : address) {
        text.append(text.isEmpty() ? "" : ".").append(part & 0xFF);
      }
      return text.toString();
    }
    int[] groups = new int[8];
    for (int i = 0; i < 8; i++) {
      groups[i] = (address[2 * i] & 0xFF) << 8 | address[2 * i + 1] & 0xFF;
    }
    int start = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    for (int i = 0; i < 8; i++) {
      if (i == start) {
        text.append("::");
        i += length - 1;
      } else {
        boolean colon = !text.isEmpty() && text.charAt(text.length() - 1) != ':';
        text.append(colon ? ":" : "").append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }

  /** An address in its canonical form, as names of objects must have it. */
  static void strict(String text, Path path, Checks checks) {
    InetAddress address = parse(text);
    if (address == null) {
      ip(text, path, checks);
    } else if (!canonical(address.getAddress()).equals(text)) {
      checks.invalid(
          path, text, "must be in canonical form (\"" + canonical(address.getAddress()) + "\")");
    }
  }

  static void ip(String text, Path path, Checks checks) {
    if (parse(text) == null) {
      checks.invalid(path, text, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
    }
  }

  /** An address that traffic can be sent to. */
  static void endpoint(String text, Path path, Checks checks) {
    InetAddress address = parse(text);
    if (address == null) {
      ip(text, path, checks);
    } else if (address.isAnyLocalAddress()) {
      checks.invalid(path, text, "may not be unspecified (" + text + ")");
    } else if (address.isLoopbackAddress()) {
      checks.invalid(path, text, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
    } else if (address.isLinkLocalAddress()) {
      checks.invalid(path, text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
    } else if (address.isMulticastAddress()) {
      checks.invalid(
          path, text, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
    }
  }
}
