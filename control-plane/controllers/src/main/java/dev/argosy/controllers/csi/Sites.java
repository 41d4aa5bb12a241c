package dev.argosy.controllers.csi;

import dev.argosy.controllers.csi.DriverController.Answer;
import dev.argosy.controllers.node.NodeView;
import dev.argosy.controllers.runtime.ControllerContext;
import dev.argosy.model.informer.Informer;
import dev.argosy.model.node.NodeTerm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Finds a node through which a driver's controller service is asked. It is the same one as long as
 * that is ready: of the nodes from which a volume is reached the first by name, then any other.
 * Where a single node reaches it, the driver keeps it there, and nobody else is asked.
 */
public final class Sites {

  private final DriverController port;
  private final Informer<CsiNode> csiNodes;
  private final Informer<NodeView> nodes;

  public Sites(ControllerContext context, DriverController port) {
    this.port = port;
    this.csiNodes = context.informer(CsiNode.ALL);
    this.nodes = context.informer(NodeView.ALL);
  }

  /** A place to ask, or why there is none at the moment. */
  public sealed interface Found {

    /** There. */
    record At(Site site) implements Found {}

    /** None now. */
    record None(Answer.Failed why) implements Found {}
  }

  /** For a volume that is there. */
  public Found of(CsiVolume volume) {
    List<NodeTerm> terms = new ArrayList<>();
    volume
        .object()
        .content()
        .at("/spec/nodeAffinity/required/nodeSelectorTerms")
        .forEach(term -> terms.add(NodeTerm.of(term)));
    return find(
        volume.driver(),
        node ->
            terms.isEmpty()
                || terms.stream()
                    .anyMatch(t -> t.matches(node.name(), node.object().meta().labels())));
  }

  /** For a volume that is to be reached from a node; of any if that is empty. */
  public Found near(String driver, String name) {
    return find(driver, node -> name.isEmpty() || node.name().equals(name));
  }

  /** For what is reached from the nodes with these labels. */
  public Found in(String driver, Map<String, String> labels) {
    return find(
        driver, node -> node.object().meta().labels().entrySet().containsAll(labels.entrySet()));
  }

  private Found find(String driver, Predicate<NodeView> reaches) {
    List<NodeView> all =
        csiNodes.find(CsiNode.BY_DRIVER, driver).stream()
            .flatMap(n -> nodes.get(NodeView.key(n.name())).stream())
            .sorted(Comparator.comparing(NodeView::name))
            .toList();
    List<NodeView> first = all.stream().filter(reaches).toList();
    List<NodeView> candidates = new ArrayList<>(first);
    if (first.size() != 1) {
      all.stream().filter(node -> !first.contains(node)).forEach(candidates::add);
    }
    Answer.Failed why =
        new Answer.Failed(
            Answer.UNAVAILABLE, "driver " + driver + " is registered on no node that is ready");
    for (NodeView node : candidates) {
      if (node.ready()) {
        Found found = ask(node.name(), driver);
        if (found instanceof Found.At) {
          return found;
        }
        why = ((Found.None) found).why();
      }
    }
    return new Found.None(why);
  }

  private Found ask(String node, String driver) {
    return switch (port.drivers(node)) {
      case Answer.Failed failed -> new Found.None(failed);
      case Answer.Ok(var response) -> {
        for (JsonNode entry : response.path("drivers")) {
          if (entry.path("name").asString("").equals(driver)
              && entry.path("controller").asBoolean(false)) {
            yield new Found.At(
                new Site(
                    port,
                    node,
                    driver,
                    texts(entry.path("capabilities")),
                    texts(entry.path("pluginCapabilities"))));
          }
        }
        yield new Found.None(
            new Answer.Failed(
                Answer.UNAVAILABLE,
                "driver " + driver + " has no controller service on node " + node));
      }
    };
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> all = new HashSet<>();
    list.forEach(text -> all.add(text.asString("")));
    return all;
  }
}
