package dev.argosy.server.dial;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * Connects to host names outside. A name is resolved once, and what was checked is what is dialled,
 * so a name that changes its mind in between gains nothing.
 */
public final class AddressDialer {

  private static final int CONNECT_MILLIS = 30_000;

  private final AddressPolicy policy;

  public AddressDialer(AddressPolicy policy) {
    this.policy = policy;
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

  private static List<InetAddress> resolve(String host) throws DialException {
    try {
      return Arrays.asList(InetAddress.getAllByName(host));
    } catch (UnknownHostException e) {
      throw new DialException("dial tcp: lookup " + host + ": no such host");
    }
  }

  private static Connection connect(InetAddress address, int port) throws DialException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
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
