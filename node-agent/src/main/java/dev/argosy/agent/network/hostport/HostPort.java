package dev.argosy.agent.network.hostport;

import java.util.Locale;

/**
 * A port of the machine that a pod asks for.
 *
 * @param address of the machine; empty for all of them
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 */
public record HostPort(String address, String protocol, int port) {

  public HostPort {
    address = address.equals("0.0.0.0") || address.equals("::") ? "" : address;
    protocol = protocol.isEmpty() ? "tcp" : protocol.toLowerCase(Locale.ROOT);
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("no port: " + port);
    }
  }

  /** Whether two pods cannot have both: a port of all addresses takes that of each. */
  public boolean excludes(HostPort other) {
    return port == other.port
        && protocol.equals(other.protocol)
        && (address.isEmpty() || other.address.isEmpty() || address.equals(other.address));
  }
}
