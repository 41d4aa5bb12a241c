package dev.argosy.scheduler.pod;

import dev.argosy.model.node.NodeRequirement;
import dev.argosy.model.node.NodeTerm;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.node.Taint;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a pod asks of a node, whatever else runs where. Of one node, equal demands get equal
 * answers; so answers can be kept.
 *
 * @param usual what it is taken to use, for scores: its requests, and a little for each container
 *     that asks for nothing
 * @param nodeSelector labels that the node must have
 * @param required one of these terms must match; empty if none is asked for
 * @param preferred terms with weights
 */
public record Demand(
    Resources requests,
    Usual usual,
    Map<String, String> nodeSelector,
    Optional<List<NodeTerm>> required,
    List<Preference> preferred,
    List<Toleration> tolerations,
    List<HostPort> hostPorts) {

  /** A term, and by how much a node gains that matches it. */
  public record Preference(int weight, NodeTerm term) {}

  private static final String NAME = "metadata.name";

  public Demand {
    nodeSelector = Map.copyOf(nodeSelector);
    required = required.map(List::copyOf);
    preferred = List.copyOf(preferred);
    tolerations = List.copyOf(tolerations);
    hostPorts = List.copyOf(hostPorts);
  }

  /** The same, but for what it asks for of these extended resources. */
  public Demand without(Set<String> resources) {
    return new Demand(
        requests.without(resources),
        usual,
        nodeSelector,
        required,
        preferred,
        tolerations,
        hostPorts);
  }

  /** Whether its selector and required affinity allow the node. */
  public boolean wants(NodeView node) {
    for (Map.Entry<String, String> label : nodeSelector.entrySet()) {
      if (!label.getValue().equals(node.labels().get(label.getKey()))) {
        return false;
      }
    }
    return allowedByAffinity(node);
  }

  /** Whether its required affinity allows the node, whatever its selector says. */
  public boolean allowedByAffinity(NodeView node) {
    return required.isEmpty()
        || required.get().stream().anyMatch(t -> t.matches(node.name(), node.labels()));
  }

  public boolean tolerates(Taint taint) {
    for (Toleration toleration : tolerations) {
      if (toleration.tolerates(taint)) {
        return true;
      }
    }
    return false;
  }

  /** The names of the only nodes that its required affinity can allow, if it names some. */
  public Optional<Set<String>> named() {
    if (required.isEmpty()) {
      return Optional.empty();
    }
    Set<String> names = new HashSet<>();
    for (NodeTerm term : required.get()) {
      Optional<NodeRequirement> name =
          term.fields().stream()
              .filter(r -> r.key().equals(NAME) && r.operator().equals("In"))
              .findFirst();
      if (name.isEmpty()) {
        return Optional.empty();
      }
      names.addAll(name.get().values());
    }
    return Optional.of(names);
  }
}
