package dev.argosy.agent.network.pod;

import dev.argosy.agent.network.hostport.PortMapping;
import dev.argosy.agent.runtime.spi.Sandbox;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Gives sandboxes a network. */
public interface PodNetwork {

  /** Whether pods can be given a network yet; why not, if not. */
  Optional<String> notReady();

  /**
   * Connects a running sandbox; does nothing if it is connected.
   *
   * @return its address
   */
  String attach(String podUid, Sandbox sandbox) throws NetworkFailure;

  /** The address of a pod that was connected before. */
  Optional<String> address(String podUid);

  /**
   * Leads ports of the machine to a connected pod; does nothing if they lead there.
   *
   * @return what went wrong; empty if they lead there now
   */
  default Optional<String> publish(String podUid, List<PortMapping> ports) {
    return Optional.empty();
  }

  /** Frees what a pod had. */
  void release(String podUid);

  /**
   * Frees what is kept for pods that are no more, as an agent leaves it that dies.
   *
   * @param known whether there is a pod of that uid
   */
  default void sweep(Predicate<String> known) {}
}
