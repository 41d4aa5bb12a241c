package dev.argosy.model.tunnel;

import dev.argosy.model.tunnel.TunnelSession.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Two sessions that talk over a loopback connection. */
record SessionPair(TunnelSession dialer, TunnelSession listener) implements AutoCloseable {

  static SessionPair open(TunnelSettings settings, StreamAcceptor listening) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Socket dialed = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
      Socket accepted = server.accept();
      for (Socket end : new Socket[] {dialed, accepted}) { // as agent and server do
        end.setTcpNoDelay(true);
      }
      return new SessionPair(
          TunnelSession.start(
              TunnelTransport.of(dialed), Role.DIALER, settings, StreamAcceptor.NONE),
          TunnelSession.start(TunnelTransport.of(accepted), Role.LISTENER, settings, listening));
    }
  }

  @Override
  public void close() {
    dialer.close();
    listener.close();
  }
}
