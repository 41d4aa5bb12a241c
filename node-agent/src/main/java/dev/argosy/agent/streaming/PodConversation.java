package dev.argosy.agent.streaming;

import dev.argosy.model.tunnel.TunnelStream;
import java.io.IOException;

/** What follows an accepted request. */
sealed interface PodConversation permits CommandConversation, LogConversation, SocketConversation {

  /** Says that it is accepted, serves, and ends the output. */
  void converse(TunnelStream stream) throws IOException;
}
