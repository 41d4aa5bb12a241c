package dev.argosy.agent.network.dns;

import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which tenant's pod has an address. The labels of the sandboxes say it from a pod's first
 * moment on, before its status has made the way to the API server and back.
 */
public final class PodTenants {

  private static final Logger LOG = LoggerFactory.getLogger(PodTenants.class);
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** A pod of this node. */
  private record Pod(String uid, String cluster) {}

  private final ContainerRuntime runtime;
  private final Function<String, Optional<String>> addressOf;
  private final Clock clock;
  private Map<String, Pod> byAddress = Map.of();
  private Instant looked = Instant.EPOCH;

  /**
   * @param addressOf the present address of the pod with a uid
   */
  public PodTenants(
      ContainerRuntime runtime, Function<String, Optional<String>> addressOf, Clock clock) {
    this.runtime = runtime;
    this.addressOf = addressOf;
    this.clock = clock;
  }

  /** The logical cluster; nothing if no pod of this node has the address now. */
  public synchronized Optional<String> clusterOf(InetAddress address) {
    String dotted = address.getHostAddress();
    Optional<String> known = known(dotted);
    if (known.isPresent() || clock.instant().isBefore(looked.plus(PAUSE))) {
      return known;
    }
    look();
    return known(dotted);
  }

  /** An address goes from pod to pod, so what was seen counts only while it is still true. */
  private Optional<String> known(String address) {
    return Optional.ofNullable(byAddress.get(address))
        .filter(pod -> addressOf.apply(pod.uid()).filter(address::equals).isPresent())
        .map(Pod::cluster);
  }

  private void look() {
    looked = clock.instant();
    try {
      Map<String, Pod> found = new HashMap<>();
      for (Sandbox sandbox : runtime.sandboxes(Map.of())) {
        String uid = PodLabels.uid(sandbox.labels()).orElse("");
        String cluster = sandbox.labels().getOrDefault(PodLabels.CLUSTER, "");
        addressOf.apply(uid).ifPresent(address -> found.put(address, new Pod(uid, cluster)));
      }
      byAddress = Map.copyOf(found);
    } catch (RuntimeFailure e) {
      LOG.warn("cannot tell whose pods ask for names: {}", e.getMessage());
    }
  }
}
