package dev.argosy.server.tenant;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;

/**
 * How pods reach the API: the service {@code kubernetes} of every cluster.
 *
 * @param clusterIp first address of the service range
 * @param port the API server's own port
 * @param advertised IPv4 address of the API server that others can reach; empty if it listens on
 *     the loopback address only
 */
public record ApiAddress(String clusterIp, int port, String advertised) {

  /**
   * The address to tell others: the one that is listened on, or, if that is any, the one that leads
   * out of this machine.
   *
   * @param host an address literal or a name of this machine
   */
  public static String advertised(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      InetAddress shown = address.isAnyLocalAddress() ? outward() : address;
      boolean reachable =
          !shown.isLoopbackAddress() && !shown.isAnyLocalAddress() && !shown.isLinkLocalAddress();
      return reachable && shown.getAddress().length == 4 ? shown.getHostAddress() : "";
    } catch (UnknownHostException | SocketException e) {
      return "";
    }
  }

  /** Where packets to others would leave from; none is sent. */
  private static InetAddress outward() throws SocketException, UnknownHostException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName("192.0.2.1"), 9));
      return socket.getLocalAddress();
    } catch (java.io.UncheckedIOException e) {
      return InetAddress.getLoopbackAddress(); // no route to anywhere
    }
  }
}
