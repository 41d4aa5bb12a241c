package dev.argosy.agent.pod.admit;

import dev.argosy.agent.network.hostport.PortMapping;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Takes pods on, or says why not, in Kubernetes' words. */
public final class PodAdmission {

  private final NodeAbilities abilities;
  private final Sysctls sysctls;
  private final MachinePorts machine;
  private volatile boolean shuttingDown;
  private final TakenPorts ports = new TakenPorts();

  public PodAdmission(NodeAbilities abilities, MachinePorts machine) {
    this.machine = machine;
    this.abilities = abilities;
    this.sysctls = new Sysctls(abilities.unsafeSysctls());
  }

  /** Takes a new pod on, with the ports that it wants; empty if it may begin. */
  public Optional<Rejection> admit(PodView pod) {
    if (shuttingDown) {
      return Optional.of(
          new Rejection("NodeShutdown", "Pod was rejected as the node is shutting down."));
    }
    Optional<Rejection> rejection =
        sysctls.check(pod).or(() -> appArmor(pod)).or(() -> users(pod)).or(() -> groups(pod));
    if (rejection.isPresent()) {
      return rejection;
    }
    boolean free =
        TakenPorts.wanted(pod).stream().map(PortMapping::front).noneMatch(machine::taken);
    return free && ports.take(pod)
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                "NodePorts",
                "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod"
                    + " ports"));
  }

  /** From now on no pod is taken on. */
  public void shutDown() {
    shuttingDown = true;
  }

  /** Counts a pod that was begun before, whatever it asks for. */
  public void keep(PodView pod) {
    ports.keep(pod);
  }

  /** The pod has ended, or is gone. */
  public void free(PodView pod) {
    ports.free(pod.uid());
  }

  /**
   * The ports of the machine that lead to a pod; those of the host's network lead by themselves.
   */
  public static List<PortMapping> published(PodView pod) {
    return pod.hostNetwork() ? List.of() : TakenPorts.wanted(pod);
  }

  private Optional<Rejection> appArmor(PodView pod) {
    boolean wanted =
        Stream.concat(
                Stream.of(pod.spec()),
                Stream.concat(pod.all().stream(), pod.ephemeralContainers().stream())
                    .map(ContainerView::tree))
            .map(part -> part.path("securityContext").path("appArmorProfile").path("type"))
            .map(type -> type.asString(""))
            .anyMatch(type -> !type.isEmpty() && !type.equals("Unconfined"));
    return wanted && !abilities.appArmor()
        ? Optional.of(
            new Rejection(
                "AppArmor", "Cannot enforce AppArmor: AppArmor is not enabled on the host"))
        : Optional.empty();
  }

  private Optional<Rejection> users(PodView pod) {
    JsonNode hostUsers = pod.spec().path("hostUsers");
    return hostUsers.isBoolean() && !hostUsers.asBoolean() && !abilities.userNamespaces()
        ? Optional.of(
            new Rejection(
                "PodFeatureUnsupported",
                "spec.hostUsers is false, and the container engine of this node has no user"
                    + " namespaces for pods"))
        : Optional.empty();
  }

  private Optional<Rejection> groups(PodView pod) {
    String policy =
        pod.spec().path("securityContext").path("supplementalGroupsPolicy").asString("");
    return policy.equals("Strict") && !abilities.strictGroups()
        ? Optional.of(
            new Rejection(
                "SupplementalGroupsPolicyNotSupported",
                "SupplementalGroupsPolicy=Strict is not supported in this node"))
        : Optional.empty();
  }
}
