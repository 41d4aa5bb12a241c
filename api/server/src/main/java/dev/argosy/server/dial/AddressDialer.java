package dev.argosy.server.dial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Connects to host names outside. A name is resolved once, and what was checked is what is dialled,
 * so a name that changes its mind in between gains nothing.
 */
public final class AddressDialer {

  private static final int CONNECT_MILLIS = 30_000;

  private static final int MAX_LOOKUPS = 64;

  private final AddressPolicy policy;

  /** Threads of the system's own, as asking for a name would hold up all virtual ones. */
  private final ExecutorService names;

  public AddressDialer(AddressPolicy policy) {
    this.policy = policy;
    this.names =
        new ThreadPoolExecutor(
            0,
            MAX_LOOKUPS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("dial-name-", 0).factory());
  }

  /**
   * One connection to the host, as a tenant of that cluster may have it.
   *
   * @throws DialException if it cannot be had, or must not
   */
  public Connection dial(String cluster, String host, int port) throws DialException {
    List<InetAddress> addresses = resolve(host);
    List<InetAddress> open =
        addresses.stream().filter(address -> policy.allows(cluster, address)).toList();
    if (open.isEmpty()) {
      throw new DialException(
          "dial tcp "
              + shown(addresses.getFirst(), port)
              + ": the platform does not let clusters of tenants reach this address");
    }
    return connect(open.getFirst(), port);
  }

  private List<InetAddress> resolve(String host) throws DialException {
    try {
      return names.submit(() -> Arrays.asList(InetAddress.getAllByName(host))).get();
    } catch (ExecutionException e) {
      throw new DialException("dial tcp: lookup " + host + ": no such host");
    } catch (RejectedExecutionException e) {
      throw new DialException("dial tcp: lookup " + host + ": too many names are asked for");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DialException("dial tcp: lookup " + host + ": i/o timeout");
    }
  }

  private static Connection connect(InetAddress address, int port) throws DialException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      KeepAlive.on(socket);
      socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
      return new Connection(socket.getInputStream(), socket.getOutputStream(), socket);
    } catch (SocketTimeoutException e) {
      abandon(socket);
      throw new DialException("dial tcp " + shown(address, port) + ": i/o timeout");
    } catch (IOException e) {
      abandon(socket);
      String why = String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT);
      throw new DialException("dial tcp " + shown(address, port) + ": connect: " + why);
    }
  }

  private static void abandon(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it never stood
    }
  }

  private static String shown(InetAddress address, int port) {
    String text = address.getHostAddress();
    return (text.indexOf(':') < 0 ? text : "[" + text + "]") + ":" + port;
  }
}
