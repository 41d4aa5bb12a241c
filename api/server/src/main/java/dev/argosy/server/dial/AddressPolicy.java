package dev.argosy.server.dial;

import dev.argosy.server.access.ClusterDirectory;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses a tenant may make this server connect to: public ones, and those that the
 * platform's administrator allowed. The server stands in the platform's network, where databases
 * and metadata services trust their neighbours; a tenant must not borrow that place. The platform's
 * own cluster may reach everything.
 *
 * @param allowed what tenants may reach besides public addresses
 */
public record AddressPolicy(List<AddressRange> allowed) {

  /** Not for the public: private, shared, documentation, benchmark and reserved ranges. */
  private static final List<AddressRange> PRIVATE =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.168.0.0/16",
              "198.18.0.0/15",
              "224.0.0.0/3",
              "::/96",
              "fc00::/7",
              "fe80::/9",
              "ff00::/8")
          .map(AddressRange::parse)
          .toList();

  /** Prefixes that carry an IPv4 address: NAT64 in the last four bytes, 6to4 behind the second. */
  private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");

  private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");

  public AddressPolicy {
    allowed = List.copyOf(allowed);
  }

  /** Whether a tenant of that cluster may have this server connect there. */
  public boolean allows(String cluster, InetAddress address) {
    return cluster.equals(ClusterDirectory.ROOT)
        || allowed.stream().anyMatch(range -> range.contains(address))
        || isPublic(address) && !isOwn(address);
  }

  private static boolean isPublic(InetAddress address) {
    if (NAT64.contains(address)) {
      return isPublic(embedded(address, 12));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return isPublic(embedded(address, 2));
    }
    return PRIVATE.stream().noneMatch(range -> range.contains(address));
  }

  private static InetAddress embedded(InetAddress address, int offset) {
    byte[] part = Arrays.copyOfRange(address.getAddress(), offset, offset + 4);
    try {
      return InetAddress.getByAddress(part);
    } catch (java.net.UnknownHostException e) {
      throw new IllegalStateException(e); // four bytes are an address
    }
  }

  /** This machine's own addresses, whatever range they are of. */
  private static boolean isOwn(InetAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return true;
    }
  }
}
