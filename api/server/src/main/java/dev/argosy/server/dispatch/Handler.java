package dev.argosy.server.dispatch;

import java.io.IOException;

/** Answers a request that has passed all steps. */
interface Handler {
  void answer(Exchange exchange) throws IOException;
}
