package dev.argosy.server.dial;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** A connection in the form that TLS can be laid over. */
final class StreamSocket extends Socket {

  private final Connection connection;
  private volatile boolean closed;

  StreamSocket(Connection connection) {
    this.connection = connection;
  }

  @Override
  public InputStream getInputStream() {
    return connection.input();
  }

  @Override
  public OutputStream getOutputStream() {
    return connection.output();
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isInputShutdown() {
    return closed;
  }

  @Override
  public boolean isOutputShutdown() {
    return closed;
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress(); // the peer has none that means anything here
  }

  @Override
  public void shutdownInput() {
    // the end comes with close
  }

  @Override
  public void shutdownOutput() {
    // the end comes with close
  }

  @Override
  public void setSoTimeout(int timeout) {
    // whoever waits has a clock of its own
  }

  @Override
  public int getSoTimeout() {
    return 0;
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    // the streams do not wait for more
  }

  @Override
  public void close() throws IOException {
    closed = true;
    connection.close();
  }
}
