package dev.argosy.controllers.csi.attach;

import dev.argosy.controllers.csi.AttachmentView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What to do so that a volume is attached where it is used, and nowhere else.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/cluster-administration/node-shutdown/#non-graceful-node-shutdown">
 *     When volumes of nodes that are down are detached</a>
 */
final class AttachPlan {

  /** How long a node that is not ready may keep a volume that no pod uses any more. */
  static final Duration FORCE = Duration.ofMinutes(6);

  sealed interface Step {
    /** Ask for it. */
    record Attach(String node) implements Step {}

    /** Ask for its end; its agent's word that it is in use counts unless forced. */
    record Detach(AttachmentView attachment, boolean forced) implements Step {}

    /** Say in the node's status that it is attached. */
    record Report(String node) implements Step {}

    /** Say there that it is not, or no longer. */
    record Retract(String node) implements Step {}

    /** Tell the node's pods that it is another node's. */
    record Elsewhere(String node, Set<String> others) implements Step {}

    /** Tell the node's pods why it could not be attached. */
    record Problem(String node, String message) implements Step {}

    /** Look again then. */
    record Wait(Duration time) implements Step {}
  }

  /**
   * The present state.
   *
   * @param required whether the driver wants it to be attached
   * @param exclusive whether to one node at a time only
   * @param wanted names of nodes whose pods use it
   * @param present what there is for it, by node
   * @param said the nodes whose status says that it is attached
   */
  record Scene(
      String inStatus,
      boolean required,
      boolean exclusive,
      Set<String> wanted,
      Map<String, AttachmentView> present,
      Set<String> said) {
    Scene {
      wanted = Set.copyOf(wanted);
      present = Map.copyOf(present);
      said = Set.copyOf(said);
    }
  }

  private final Scene scene;
  private final Function<String, Optional<AttachNode>> nodes;
  private final Function<AttachmentView, Duration> unused;
  private final List<Step> steps = new ArrayList<>();

  private AttachPlan(
      Scene scene,
      Function<String, Optional<AttachNode>> nodes,
      Function<AttachmentView, Duration> unused) {
    this.scene = scene;
    this.nodes = nodes;
    this.unused = unused;
  }

  /**
   * The steps, in their order.
   *
   * @param unused for how long nobody has been using what is attached
   */
  static List<Step> of(
      Scene scene,
      Function<String, Optional<AttachNode>> nodes,
      Function<AttachmentView, Duration> unused) {
    AttachPlan plan = new AttachPlan(scene, nodes, unused);
    new TreeMap<>(scene.present()).values().forEach(plan::present);
    new TreeSet<>(scene.said())
        .stream()
            .filter(node -> !scene.present().containsKey(node))
            .forEach(node -> plan.steps.add(new Step.Retract(node)));
    plan.attach();
    return List.copyOf(plan.steps);
  }

  private void present(AttachmentView attachment) {
    String node = attachment.node();
    boolean said = scene.said().contains(node);
    if (!scene.wanted().contains(node)) {
      if (!attachment.deleting()) {
        detach(attachment);
      } else if (said) {
        steps.add(new Step.Retract(node));
      }
    } else if (attachment.attached() && !attachment.deleting()) {
      if (!said) {
        steps.add(new Step.Report(node));
      }
    } else {
      if (said) {
        steps.add(new Step.Retract(node));
      }
      if (!attachment.problem().isEmpty()) {
        steps.add(new Step.Problem(node, attachment.problem()));
      }
    }
  }

  private void detach(AttachmentView attachment) {
    Optional<AttachNode> found = nodes.apply(attachment.node());
    Duration left = FORCE.minus(unused.apply(attachment));
    if (found.isEmpty() || !found.get().used().contains(scene.inStatus())) {
      steps.add(new Step.Detach(attachment, false));
    } else if (found.get().down() || (!found.get().ready() && !left.isPositive())) {
      steps.add(new Step.Detach(attachment, true));
    } else if (!found.get().ready()) {
      steps.add(new Step.Wait(left));
    }
  }

  private void attach() {
    if (!scene.required()) {
      return;
    }
    Set<String> held = new TreeSet<>(scene.present().keySet());
    for (String node : new TreeSet<>(scene.wanted())) {
      if (scene.present().containsKey(node) || nodes.apply(node).isEmpty()) {
        continue;
      }
      if (scene.exclusive() && !held.isEmpty()) {
        steps.add(new Step.Elsewhere(node, Set.copyOf(held)));
      } else {
        steps.add(new Step.Attach(node));
        held.add(node);
      }
    }
  }
}
