package dev.argosy.agent.pod.admit;

import dev.argosy.agent.pod.view.PodView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which kernel settings pods may have: those that Kubernetes counts as safe, and what the node's
 * administrator allows besides.
 *
 * @param unsafeAllowed names, or beginnings that end in {@code *}
 * @see <a href="https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/">Using sysctls
 *     in a Kubernetes cluster</a>
 */
record Sysctls(List<String> unsafeAllowed) {

  private static final Set<String> SAFE =
      Set.of(
          "kernel.shm_rmid_forced",
          "net.ipv4.ip_local_port_range",
          "net.ipv4.tcp_syncookies",
          "net.ipv4.ping_group_range",
          "net.ipv4.ip_unprivileged_port_start",
          "net.ipv4.ip_local_reserved_ports",
          "net.ipv4.tcp_keepalive_time",
          "net.ipv4.tcp_fin_timeout",
          "net.ipv4.tcp_keepalive_intvl",
          "net.ipv4.tcp_keepalive_probes",
          "net.ipv4.tcp_rmem",
          "net.ipv4.tcp_wmem");

  /**
   * Settings that the kernel keeps for each namespace, by how they begin; others are everyone's.
   */
  private static final List<String> OF_NETWORK = List.of("net.");

  private static final List<String> OF_IPC =
      List.of("kernel.shm", "kernel.msg", "kernel.sem", "fs.mqueue.");

  Sysctls {
    unsafeAllowed = List.copyOf(unsafeAllowed);
    for (String one : unsafeAllowed) {
      String begin = one.endsWith("*") ? one.substring(0, one.length() - 1) : one;
      if (!begins(begin, OF_NETWORK) && !begins(begin, OF_IPC)) {
        throw new IllegalArgumentException(
            "the sysctls \""
                + one
                + "\" are not known to be kept for each namespace; only kernel.shm*, kernel.msg*,"
                + " kernel.sem, fs.mqueue.* and net.* can be allowed");
      }
    }
  }

  Optional<Rejection> check(PodView pod) {
    return pod.spec()
        .path("securityContext")
        .path("sysctls")
        .valueStream()
        .map(one -> one.path("name").asString("").replace('/', '.'))
        .filter(name -> !allowed(name, pod))
        .findFirst()
        .map(name ->
            new Rejection("SysctlForbidden", "forbidden sysctl: \"" + name + "\" not allowlisted"));
  }

  private boolean allowed(String name, PodView pod) {
    boolean everyones =
        (pod.hostNetwork() && begins(name, OF_NETWORK))
            || (pod.spec().path("hostIPC").asBoolean(false)
                && (begins(name, OF_IPC) || name.equals("kernel.shm_rmid_forced")));
    return !everyones && (SAFE.contains(name) || unsafeAllowed.stream().anyMatch(a -> is(name, a)));
  }

  private static boolean is(String name, String allowed) {
    return allowed.endsWith("*")
        ? name.startsWith(allowed.substring(0, allowed.length() - 1))
        : name.equals(allowed);
  }

  private static boolean begins(String name, List<String> beginnings) {
    return beginnings.stream().anyMatch(name::startsWith);
  }
}
