package dev.argosy.server.admission.podsecurity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Only kernel settings that stay within the pod may be changed. */
final class SysctlCheck {

  /** Name to the version since which it is allowed. */
  private static final Map<String, Integer> ALLOWED =
      Map.ofEntries(
          Map.entry("kernel.shm_rmid_forced", 0),
          Map.entry("net.ipv4.ip_local_port_range", 0),
          Map.entry("net.ipv4.tcp_syncookies", 0),
          Map.entry("net.ipv4.ping_group_range", 0),
          Map.entry("net.ipv4.ip_unprivileged_port_start", 0),
          Map.entry("net.ipv4.ip_local_reserved_ports", 27),
          Map.entry("net.ipv4.tcp_keepalive_time", 29),
          Map.entry("net.ipv4.tcp_fin_timeout", 29),
          Map.entry("net.ipv4.tcp_keepalive_intvl", 29),
          Map.entry("net.ipv4.tcp_keepalive_probes", 29),
          Map.entry("net.ipv4.tcp_rmem", 32),
          Map.entry("net.ipv4.tcp_wmem", 32));

  private SysctlCheck() {}

  static Optional<Violation> of(PodToCheck pod, int minor) {
    List<String> forbidden = new ArrayList<>();
    for (JsonNode sysctl : pod.context().path("sysctls")) {
      String name = sysctl.path("name").asString("");
      Integer since = ALLOWED.get(name);
      if (since == null || since > minor) {
        forbidden.add(name);
      }
    }
    return forbidden.isEmpty()
        ? Optional.empty()
        : Optional.of(new Violation("forbidden sysctls", String.join(", ", forbidden)));
  }
}
