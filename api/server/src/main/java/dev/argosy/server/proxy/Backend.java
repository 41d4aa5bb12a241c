package dev.argosy.server.proxy;

import dev.argosy.server.dial.Connection;
import dev.argosy.server.dial.DialException;

/**
 * Where a request goes.
 *
 * @param secure whether TLS is spoken there
 * @param host its address, and its port if the request names one
 */
record Backend(boolean secure, String host, Line line) {

  /** Makes one connection. */
  @FunctionalInterface
  interface Line {
    Connection open() throws DialException;
  }
}
