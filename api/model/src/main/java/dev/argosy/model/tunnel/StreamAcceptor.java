package dev.argosy.model.tunnel;

import java.io.IOException;

/** Serves streams that the peer opens; each call has a virtual thread of its own. */
@FunctionalInterface
public interface StreamAcceptor {

  /** Refuses everything: for the side that only opens streams. */
  StreamAcceptor NONE = (header, stream) -> stream.reset("this side accepts no streams");

  /**
   * Serves one stream. When it returns, what was not ended is reset.
   *
   * @param header what the peer gave to {@link TunnelSession#open}
   */
  void accept(byte[] header, TunnelStream stream) throws IOException;
}
