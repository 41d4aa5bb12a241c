package dev.argosy.agent.streaming;

import dev.argosy.model.tunnel.StreamReply;
import dev.argosy.model.tunnel.TunnelStream;
import java.io.IOException;
import java.net.Socket;

/** A connection to a port of a pod. */
record SocketConversation(Socket socket) implements PodConversation {

  @Override
  public void converse(TunnelStream stream) throws IOException {
    try (socket) {
      new StreamReply.Accepted().writeTo(stream);
      Thread.ofVirtual().name("port-input").start(() -> copyInput(stream));
      socket.getInputStream().transferTo(stream.output());
      stream.output().close();
    }
  }

  /** The client's end of file becomes the pod's; a client that leaves closes the connection. */
  private void copyInput(TunnelStream stream) {
    try {
      stream.input().transferTo(socket.getOutputStream());
      socket.shutdownOutput();
    } catch (IOException e) {
      close();
    }
  }

  private void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // it is given up
    }
  }
}
