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
