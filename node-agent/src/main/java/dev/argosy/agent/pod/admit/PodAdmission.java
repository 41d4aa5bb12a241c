package dev.argosy.agent.pod.admit;

import dev.argosy.agent.network.hostport.PortMapping;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The one door for new pods: takes them on, or says why not, in Kubernetes' words. What one check
 * gave to a pod that another refuses is given back. One pod at a time is asked about.
 */
public final class PodAdmission {

  private final NodeAbilities abilities;
  private final MachinePorts machine;
  private final List<Check> checks;
  private final Check grants;
  private volatile boolean shuttingDown;
  private final TakenPorts ports = new TakenPorts();

  /** Asks about what every pod may want of its machine. */
  public PodAdmission(NodeAbilities abilities, MachinePorts machine) {
    this(abilities, machine, List.of());
  }

  /**
   * Asks about more, too.
   *
   * @param more in their order, after all others
   */
  public PodAdmission(NodeAbilities abilities, MachinePorts machine, List<Check> more) {
    this(abilities, machine, more, pod -> Optional.empty());
  }

  /**
   * Asks about more, too, and first of all whether the pod is one of those whom the node is for.
   *
   * @param grants may take its time: while it does, other pods go on
   */
  public PodAdmission(
      NodeAbilities abilities, MachinePorts machine, List<Check> more, Check grants) {
    this.grants = grants;
    this.machine = machine;
    this.abilities = abilities;
    Sysctls sysctls = new Sysctls(abilities.unsafeSysctls());
    this.checks = new ArrayList<>();
    checks.add(this::machineStays);
    checks.add(grants);
    checks.add(PodAdmission::system);
    checks.add(sysctls::check);
    checks.add(this::appArmor);
    checks.add(this::users);
    checks.add(this::groups);
    checks.add(new Ports());
    checks.addAll(more);
  }

  /** Whether a new pod is to be asked about a little later, instead of now. */
  public boolean later(PodView pod) {
    return grants.later(pod) || othersLater(pod);
  }

  private synchronized boolean othersLater(PodView pod) {
    return checks.stream().anyMatch(check -> check != grants && check.later(pod));
  }

  /** Takes a new pod on, with what it wants; empty if it may begin. */
  public synchronized Optional<Rejection> admit(PodView pod) {
    for (Check check : checks) {
      Optional<Rejection> rejection = check.admit(pod);
      if (rejection.isPresent()) {
        free(pod);
        return rejection;
      }
    }
    return Optional.empty();
  }

  /** From now on no pod is taken on. */
  public void shutDown() {
    shuttingDown = true;
  }

  /** Counts a pod that was begun before, or was granted another size, whatever it asks for. */
  public void keep(PodView pod) {
    checks.forEach(check -> check.keep(pod));
  }

  /** A pod is on its way out. */
  public void leaves(String uid) {
    checks.forEach(check -> check.leaves(uid));
  }

  /** The pod has ended, or is gone. */
  public void free(PodView pod) {
    checks.forEach(check -> check.free(pod));
  }

  /**
   * The ports of the machine that lead to a pod; those of the host's network lead by themselves.
   */
  public static List<PortMapping> published(PodView pod) {
    return pod.hostNetwork() ? List.of() : TakenPorts.wanted(pod);
  }

  private Optional<Rejection> machineStays(PodView pod) {
    return shuttingDown
        ? Optional.of(
            new Rejection("NodeShutdown", "Pod was rejected as the node is shutting down."))
        : Optional.empty();
  }

  private static Optional<Rejection> system(PodView pod) {
    String wanted = pod.spec().path("os").path("name").asString("");
    return wanted.isEmpty() || wanted.equals("linux")
        ? Optional.empty()
        : Optional.of(
            new Rejection(
                "PodOSNotSupported", "Failed to admit pod as the OS field doesn't match node OS"));
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

  /** Ports of the machine that no other pod has, nor a program of the machine. */
  private final class Ports implements Check {
    @Override
    public Optional<Rejection> admit(PodView pod) {
      boolean free =
          TakenPorts.wanted(pod).stream().map(PortMapping::front).noneMatch(machine::taken);
      return free && ports.take(pod)
          ? Optional.empty()
          : Optional.of(
              new Rejection(
                  "NodePorts",
                  "Predicate NodePorts failed: node(s) didn't have free ports for the requested"
                      + " pod ports"));
    }

    @Override
    public void keep(PodView pod) {
      ports.keep(pod);
    }

    @Override
    public void free(PodView pod) {
      ports.free(pod.uid());
    }
  }
}
