package dev.argosy.scheduler.pod;

/**
 * A port of the node that a pod takes.
 *
 * @param ip {@code 0.0.0.0} for all addresses
 */
public record HostPort(String ip, String protocol, int port) {

  private static final String ANY = "0.0.0.0";

  public HostPort {
    ip = ip.isEmpty() ? ANY : ip;
  }

  /** Whether both cannot be had on one node. */
  public boolean conflictsWith(HostPort b) {
    return port == b.port
        && protocol.equals(b.protocol)
        && (ip.equals(b.ip) || ip.equals(ANY) || b.ip.equals(ANY));
  }
}
