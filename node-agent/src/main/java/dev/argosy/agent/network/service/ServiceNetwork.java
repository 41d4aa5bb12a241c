package dev.argosy.agent.network.service;

/**
 * The addresses that the proxy's rules name.
 *
 * @param serviceRange of ClusterIPs, for example {@code 10.96.0.0/12}
 * @param podRange of all pods, for example {@code 10.244.0.0/16}
 * @param nodeAddress an address of this node to which every pod of it can answer
 */
public record ServiceNetwork(String serviceRange, String podRange, String nodeAddress) {

  public ServiceNetwork {
    requireRange(serviceRange);
    requireRange(podRange);
    if (!Ipv4.valid(nodeAddress)) {
      throw new IllegalArgumentException("not an IPv4 address: " + nodeAddress);
    }
  }

  /** Whether an address is in the platform's range of ClusterIPs. */
  boolean inServiceRange(String address) {
    String[] parts = serviceRange.split("/", -1);
    int bits = Integer.parseInt(parts[1]);
    int mask = bits == 0 ? 0 : -1 << (32 - bits);
    return ((Ipv4.number(address) ^ Ipv4.number(parts[0])) & mask) == 0;
  }

  private static void requireRange(String range) {
    String[] parts = range.split("/", -1);
    if (parts.length != 2 || !Ipv4.valid(parts[0]) || !parts[1].matches("[0-9]{1,2}")) {
      throw new IllegalArgumentException("not an address range: " + range);
    }
  }
}
