package dev.argosy.server.registry;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.registry.FurtherRanges.Further;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The ClusterIPs. One range for all logical clusters and those that a cluster has beside it, each
 * address a key of its own, so that no two services anywhere share one; only the first address is
 * every cluster's: its API server.
 */
final class ServiceAddresses {

  private static final GroupResource RESOURCE = new GroupResource("argosy.dev", "serviceaddresses");
  private static final GroupResource RESERVED =
      new GroupResource("networking.k8s.io", "ipaddresses");
  private static final int TRIES = 64;
  private static final int MOST_TRIES = 1024;

  private final Ipv4Range own;
  private final FurtherRanges further;
  private final RandomGenerator random;

  /**
   * The addresses of a range and what clusters have beside it.
   *
   * @param own the platform's, for every cluster
   */
  ServiceAddresses(Ipv4Range own, FurtherRanges further, RandomGenerator random) {
    this.own = own;
    this.further = further;
    this.random = random;
  }

  ObjectKey key(String cluster, String address) {
    String owner = Ipv4Range.number(address) == own.first() + 1 ? cluster : ClusterDirectory.ROOT;
    return new ObjectKey(RESOURCE, owner, "", address);
  }

  /** Takes a free address: of the platform's range, then of the cluster's others. */
  String takeAny(String cluster, Claims claims) {
    for (int i = 0; i < TRIES; i++) {
      long number = own.first() + 2 + random.nextLong(own.size() - 3);
      if (free(cluster, number, claims)) {
        return take(cluster, number, claims);
      }
    }
    for (Further more : further.of(cluster)) {
      Iterator<Long> numbers = more.range().dynamicFirst(random).limit(MOST_TRIES).iterator();
      while (numbers.hasNext()) {
        long number = numbers.next();
        if (free(cluster, number, claims)) {
          claims.unchanged(more.key(), more.revision());
          return take(cluster, number, claims);
        }
      }
    }
    throw Status.of(
            Reason.INTERNAL_ERROR, "no free address found in the range of service addresses")
        .asException();
  }

  /** Takes this address; Invalid if it is in no range of the cluster or somebody has it. */
  String take(Write write, Claims claims, String address) {
    String cluster = write.cluster();
    long number = Ipv4Range.number(address);
    Optional<Further> beside =
        own.gives(number) ? Optional.empty() : further.having(cluster, number);
    if (!own.gives(number) && beside.isEmpty()) {
      throw refuse(write, address, "the provided IP is not in the valid range: " + own);
    }
    if (!free(cluster, number, claims)) {
      throw refuse(write, address, "provided IP is already allocated");
    }
    beside.ifPresent(more -> claims.unchanged(more.key(), more.revision()));
    return take(cluster, number, claims);
  }

  /** Gives back the address of a service; texts that are none are nobody's. */
  void release(String cluster, String address, Claims claims) {
    if (Ipv4Range.number(address) >= 0) {
      claims.release(key(cluster, address));
    }
  }

  private String take(String cluster, long number, Claims claims) {
    String address = Ipv4Range.text(number);
    claims.take(key(cluster, address));
    return address;
  }

  /** An IPAddress that somebody made keeps the address from the cluster's services. */
  private boolean free(String cluster, long number, Claims claims) {
    String address = Ipv4Range.text(number);
    ObjectKey reserved = new ObjectKey(RESERVED, cluster, "", address);
    return !claims.taken(key(cluster, address)) && !claims.taken(reserved);
  }

  private static RuntimeException refuse(Write write, String address, String why) {
    return Status.invalid(
            "",
            "Service",
            write.name(),
            List.of(
                ServiceRules.invalid(
                    "spec.clusterIPs",
                    "[\"" + address + "\"]",
                    "failed to allocate IP " + address + ": " + why)))
        .asException();
  }
}
