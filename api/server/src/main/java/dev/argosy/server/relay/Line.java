package dev.argosy.server.relay;

import dev.argosy.server.dial.Connection;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A connection on which HTTP/1.1 is spoken, one exchange at a time. Output must be flushed.
 *
 * @param deadline closes the connection when the time of the exchange is up
 * @param spared takes the line if it can serve another exchange
 */
public record Line(
    InputStream input,
    OutputStream output,
    Closeable connection,
    Deadline deadline,
    Consumer<Line> spared)
    implements Closeable {

  private static final int BUFFER = 16 * 1024;

  /** A line that is closed after one exchange. */
  public static Line once(Connection connection, Deadline deadline) {
    return over(connection, deadline, Line::close);
  }

  /** A line that is handed to someone after each exchange that ended well. */
  public static Line over(Connection connection, Deadline deadline, Consumer<Line> spared) {
    return new Line(
        new BufferedInputStream(connection.input(), BUFFER),
        new BufferedOutputStream(connection.output(), BUFFER),
        connection,
        deadline,
        spared);
  }

  /** The same for another exchange, which may take that long. */
  Line again(Duration time) {
    return new Line(input, output, connection, Deadline.of(connection, time), spared);
  }

  /** The exchange ended well, and both sides may go on. */
  void spare() {
    if (deadline.stop()) {
      spared.accept(this);
    } else {
      close();
    }
  }

  /** What ended an exchange: the failure, or time. */
  public IOException why(IOException failure) {
    return deadline.passed() ? new LateException() : failure;
  }

  /** At once, without farewell: the peer may not be reading. */
  @Override
  public void close() {
    deadline.stop();
    try {
      connection.close();
    } catch (IOException e) {
      // it is given up anyway
    }
  }
}
