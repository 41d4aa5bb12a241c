package dev.argosy.server.upgrade;

import java.io.IOException;

/** What is said on a connection that has left HTTP. */
@FunctionalInterface
public interface Conversation {

  /** Talks until it is over; then the connection is closed. */
  void converse(UpgradedConnection connection) throws IOException;
}
