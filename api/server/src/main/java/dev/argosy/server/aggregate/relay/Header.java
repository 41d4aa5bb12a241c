package dev.argosy.server.aggregate.relay;

import java.util.Locale;

/** One line of a head. */
record Header(String name, String value) {

  /** The name in lower case, with hyphens where some servers see none ({@code X_Remote_User}). */
  String key() {
    return key(name);
  }

  static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }
}
