package dev.argosy.server.http.raw;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over the connection of a request when the response 101 has been sent. */
public final class RawConnection extends AbstractConnection implements Connection.UpgradeTo {

  /** Uses the connection; it is closed afterwards. */
  @FunctionalInterface
  public interface Use {
    void with(InputStream input, OutputStream output, Closeable closing) throws Exception;
  }

  private static final Logger LOG = LoggerFactory.getLogger(RawConnection.class);

  private final Use use;
  private final RawInput input;

  private RawConnection(EndPoint endPoint, Request request, Use use) {
    super(endPoint, request.getComponents().getExecutor());
    this.use = use;
    this.input = new RawInput(endPoint);
  }

  /** The caller then answers 101; the use begins once that is out. */
  public static void after(HttpServletRequest request, Use use) {
    Request core = ServletContextRequest.getServletContextRequest(request);
    EndPoint endPoint = core.getConnectionMetaData().getConnection().getEndPoint();
    core.setAttribute(
        HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, new RawConnection(endPoint, core, use));
  }

  @Override
  public void onUpgradeTo(ByteBuffer received) {
    input.begin(received);
  }

  @Override
  public void onOpen() {
    super.onOpen();
    Thread.ofVirtual().name("upgraded").start(this::run);
  }

  @Override
  public void onFillable() {
    // reads ask the end point themselves
  }

  @Override
  public void onClose(Throwable cause) {
    input.wake();
    super.onClose(cause);
  }

  private void run() {
    EndPoint endPoint = getEndPoint();
    try {
      use.with(input, new RawOutput(endPoint), endPoint::close);
    } catch (java.io.IOException e) {
      LOG.debug("an upgraded connection ended: {}", e.getMessage());
    } catch (Exception e) {
      LOG.warn("an upgraded connection failed", e);
    } finally {
      endPoint.close();
    }
  }
}
