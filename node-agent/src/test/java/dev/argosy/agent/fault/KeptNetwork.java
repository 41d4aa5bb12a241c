package dev.argosy.agent.fault;

import dev.argosy.agent.network.hostport.PortMapping;
import dev.argosy.agent.network.pod.PodNetwork;
import dev.argosy.agent.runtime.spi.Sandbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** A network as the kernel and the disk keep it: it outlives agents. */
final class KeptNetwork implements PodNetwork {

  private final Map<String, String> addresses = new ConcurrentHashMap<>();
  private final Map<String, List<PortMapping>> ports = new ConcurrentHashMap<>();

  /** Pods that have something. */
  Set<String> pods() {
    Set<String> all = new TreeSet<>(addresses.keySet());
    all.addAll(ports.keySet());
    return all;
  }

  @Override
  public Optional<String> notReady() {
    return Optional.empty();
  }

  @Override
  public String attach(String podUid, Sandbox sandbox) {
    return addresses.computeIfAbsent(podUid, u -> "10.244.0." + (addresses.size() + 2));
  }

  @Override
  public Optional<String> address(String podUid) {
    return Optional.ofNullable(addresses.get(podUid));
  }

  @Override
  public Optional<String> publish(String podUid, List<PortMapping> wanted) {
    ports.put(podUid, wanted);
    return Optional.empty();
  }

  @Override
  public void release(String podUid) {
    addresses.remove(podUid);
    ports.remove(podUid);
  }

  @Override
  public void sweep(Predicate<String> known) {
    addresses.keySet().removeIf(known.negate());
    ports.keySet().removeIf(known.negate());
  }
}
