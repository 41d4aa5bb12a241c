package dev.argosy.server.proxy;

import dev.argosy.server.request.RequestInfo;

/** Finds who is meant by a request. */
interface Backends {

  /**
   * The backend, not yet connected.
   *
   * @throws dev.argosy.model.status.StatusException if there is none
   */
  Backend find(RequestInfo info, String cluster);
}
