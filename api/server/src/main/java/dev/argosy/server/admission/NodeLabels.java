package dev.argosy.server.admission;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Which labels of its own Node an agent may set. Those that decide where workloads go are not among
 * them.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction">NodeRestriction</a>
 */
final class NodeLabels {

  /** Names the pool of a node, and with it the tenants that may use it. */
  private static final String POOL = "argosy.dev/pool";

  /** Says whether nodes of the pool are filled one after another. */
  private static final String FILL = "argosy.dev/fill";

  private static final String RESTRICTED = "node-restriction.kubernetes.io";
  private static final Set<String> OF_THE_AGENT =
      Set.of(
          "kubernetes.io/hostname",
          "topology.kubernetes.io/zone",
          "topology.kubernetes.io/region",
          "failure-domain.beta.kubernetes.io/zone",
          "failure-domain.beta.kubernetes.io/region",
          "beta.kubernetes.io/instance-type",
          "node.kubernetes.io/instance-type",
          "kubernetes.io/os",
          "kubernetes.io/arch",
          "beta.kubernetes.io/os",
          "beta.kubernetes.io/arch");

  private NodeLabels() {}

  /** Those of a new node that it may not bring, sorted. */
  static Collection<String> forbiddenAtFirst(JsonNode labels) {
    Set<String> forbidden = new TreeSet<>();
    labels.propertyNames().stream().filter(NodeLabels::forbidden).forEach(forbidden::add);
    return forbidden;
  }

  /** Those that differ and may not be changed, sorted. */
  static Collection<String> forbiddenChanges(JsonNode labels, JsonNode before) {
    Set<String> changed = new TreeSet<>();
    changed.addAll(labels.propertyNames());
    changed.addAll(before.propertyNames());
    changed.removeIf(key -> labels.path(key).equals(before.path(key)));
    changed.removeIf(key -> !forbidden(key) && !key.equals(POOL) && !key.equals(FILL));
    return changed;
  }

  private static boolean forbidden(String key) {
    int slash = key.indexOf('/');
    String domain = slash < 0 ? "" : key.substring(0, slash);
    return within(domain, RESTRICTED)
        || ((within(domain, "kubernetes.io") || within(domain, "k8s.io"))
            && !ofTheAgent(key, domain));
  }

  private static boolean ofTheAgent(String key, String domain) {
    return OF_THE_AGENT.contains(key)
        || within(domain, "kubelet.kubernetes.io")
        || within(domain, "node.kubernetes.io");
  }

  private static boolean within(String domain, String parent) {
    return domain.equals(parent) || domain.endsWith("." + parent);
  }
}
