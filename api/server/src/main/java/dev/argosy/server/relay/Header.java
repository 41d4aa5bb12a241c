package dev.argosy.server.relay;

import java.util.Locale;

/** One line of a head; a value's characters are its bytes (ISO 8859-1). */
public record Header(String name, String value) {

  /** The name in lower case, with hyphens where some servers see none ({@code X_Remote_User}). */
  public String key() {
    return key(name);
  }

  /** The key of a name. */
  public static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }
}
