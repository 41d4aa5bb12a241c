package dev.argosy.server.dial;

/**
 * A port of a service in a logical cluster.
 *
 * @param port the service's own port, not the pods'
 */
public record ServicePort(String cluster, String namespace, String service, int port) {

  /** The name by which the service is known inside its cluster. */
  public String host() {
    return service + "." + namespace + ".svc";
  }
}
