package dev.argosy.server.proxy;

import dev.argosy.model.status.Status;
import java.util.Set;

/**
 * Who is meant, as a path names it: {@code NAME}, {@code NAME:PORT} or {@code SCHEME:NAME:PORT}.
 *
 * @param scheme http or https; empty if not said
 * @param port a number or the name of a port; empty if not said
 */
record ProxyName(String scheme, String name, String port) {

  private static final Set<String> SCHEMES = Set.of("http", "https", "");

  /**
   * Reads it.
   *
   * @param kind what it names, for the refusal
   */
  static ProxyName parse(String text, String kind) {
    String[] parts = text.split(":", -1);
    ProxyName name =
        switch (parts.length) {
          case 1 -> new ProxyName("", parts[0], "");
          case 2 -> new ProxyName("", parts[0], parts[1]);
          case 3 -> new ProxyName(parts[0], parts[1], parts[2]);
          default -> new ProxyName("", "", "");
        };
    if (name.name.isEmpty() || !SCHEMES.contains(name.scheme)) {
      throw Status.badRequest("invalid " + kind + " request \"" + text + "\"").asException();
    }
    return name;
  }

  boolean secure() {
    return scheme.equals("https");
  }

  /** Whether the port is given as a number, however large. */
  boolean numbered() {
    return !port.isEmpty()
        && port.length() < 18
        && port.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
