package dev.argosy.agent.network.pod;

import dev.argosy.agent.network.hostport.PortMapping;
import dev.argosy.agent.runtime.spi.Sandbox;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A network that is there once the control plane has given this node its subnet. */
public final class LateNetwork implements PodNetwork {

  private volatile @Nullable PodNetwork network;

  /** Begins to serve. */
  public void begin(PodNetwork now) {
    network = now;
  }

  @Override
  public Optional<String> notReady() {
    PodNetwork now = network;
    return now == null ? Optional.of("the node has no pod subnet yet") : now.notReady();
  }

  @Override
  public String attach(String podUid, Sandbox sandbox) throws NetworkFailure {
    PodNetwork now = network;
    if (now == null) {
      throw new NetworkFailure("the node has no pod subnet yet");
    }
    return now.attach(podUid, sandbox);
  }

  @Override
  public Optional<String> address(String podUid) {
    PodNetwork now = network;
    return now == null ? Optional.empty() : now.address(podUid);
  }

  @Override
  public Optional<String> publish(String podUid, List<PortMapping> ports) {
    PodNetwork now = network;
    return now == null ? notReady() : now.publish(podUid, ports);
  }

  @Override
  public void release(String podUid) {
    PodNetwork now = network;
    if (now != null) {
      now.release(podUid);
    }
  }

  @Override
  public void sweep(Predicate<String> known) {
    PodNetwork now = network;
    if (now != null) {
      now.sweep(known);
    }
  }
}
