package dev.argosy.server.aggregate.remote;

import dev.argosy.server.dial.ServicePort;

/**
 * An API server that is a service of a cluster.
 *
 * @param caBundle PEM certificates in Base64 that sign its certificate; empty for the system's
 * @param unverified whether any certificate will do
 */
public record RemoteServer(ServicePort service, String caBundle, boolean unverified) {

  /** Host and port, as a request names them. */
  public String authority() {
    return service.host() + ":" + service.port();
  }
}
