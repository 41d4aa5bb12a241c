package dev.argosy.scheduler.pod;

import dev.argosy.model.node.NodeRequirement;
import dev.argosy.model.node.NodeTerm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that decides where a pod may run and had best run. Equal demands have equal answers.
 *
 * @param cluster the logical cluster, which decides the node pools
 * @param nodeSelector labels that the node must have
 * @param required one of these terms must match; empty if none is asked for
 * @param preferred terms with weights
 * @param ownerUid the managing owner, whose pods are spread; empty if none
 * @param images of its containers
 */
public record Demand(
    String cluster,
    Resources requests,
    Map<String, String> nodeSelector,
    Optional<List<NodeTerm>> required,
    List<Preference> preferred,
    List<Toleration> tolerations,
    List<HostPort> hostPorts,
    String ownerUid,
    Set<String> images) {

  /** A term, and by how much a node gains that matches it. */
  public record Preference(int weight, NodeTerm term) {}

  public Demand {
    nodeSelector = Map.copyOf(nodeSelector);
    required = required.map(List::copyOf);
    preferred = List.copyOf(preferred);
    tolerations = List.copyOf(tolerations);
    hostPorts = List.copyOf(hostPorts);
    images = Set.copyOf(images);
  }

  /** The same, but on this node only. */
  public Demand on(String node) {
    NodeRequirement named = new NodeRequirement("metadata.name", "In", List.of(node));
    List<NodeTerm> terms =
        required.orElse(List.of(new NodeTerm(List.of(), List.of()))).stream()
            .map(term -> {
              List<NodeRequirement> fields = new ArrayList<>(term.fields());
              fields.add(named);
              return new NodeTerm(term.labels(), fields);
            })
            .toList();
    return new Demand(
        cluster,
        requests,
        nodeSelector,
        Optional.of(terms),
        preferred,
        tolerations,
        hostPorts,
        ownerUid,
        images);
  }
}
