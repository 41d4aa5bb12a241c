package dev.argosy.controllers.daemonset;

import dev.argosy.controllers.pod.PodView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What to do for a DaemonSet.
 *
 * @param create the nodes that are to get a pod
 * @param delete pods that are to go
 * @param failed those among them that have ended by themselves
 * @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/">DaemonSet</a>
 */
record DaemonPlan(List<String> create, List<PodView> delete, List<PodView> failed) {

  DaemonPlan {
    create = List.copyOf(create);
    delete = List.copyOf(delete);
    failed = List.copyOf(failed);
  }

  /**
   * What is known.
   *
   * @param nodes that the cluster may use
   * @param pods of the set
   * @param hash of the present template
   */
  record Scene(
      DaemonView set, List<DaemonNode> nodes, List<PodView> pods, String hash, Instant now) {

    /** The pods by node, those of nodes that are gone included. */
    Map<String, List<PodView>> byNode() {
      Map<String, List<PodView>> map = new TreeMap<>();
      for (PodView pod : pods) {
        DaemonPods.node(pod)
            .ifPresent(node -> map.computeIfAbsent(node, n -> new ArrayList<>()).add(pod));
      }
      return map;
    }

    boolean available(PodView pod) {
      return !pod.deleting() && pod.available(now, set.minReadySeconds());
    }

    boolean updated(PodView pod) {
      return DaemonPods.hash(pod).equals(hash);
    }
  }

  static DaemonPlan of(Scene scene) {
    Placing placing = new Placing(scene);
    placing.place();
    if (!scene.set().update().onDelete() && placing.settled()) {
      new Rolling(scene, placing).roll();
    }
    return new DaemonPlan(placing.create, placing.delete, placing.failed);
  }

  /** One pod on each node that fits, none elsewhere. */
  private static final class Placing {

    private final Scene scene;
    private final Map<String, List<PodView>> byNode;
    private final List<String> create = new ArrayList<>();
    private final List<PodView> delete = new ArrayList<>();
    private final List<PodView> failed = new ArrayList<>();

    Placing(Scene scene) {
      this.scene = scene;
      this.byNode = scene.byNode();
    }

    boolean settled() {
      return create.isEmpty() && delete.isEmpty();
    }

    void place() {
      Map<String, List<PodView>> left = new TreeMap<>(byNode);
      for (DaemonNode node : scene.nodes()) {
        List<PodView> pods = left.remove(node.name());
        on(node, pods == null ? List.of() : pods);
      }
      left.values().forEach(pods -> pods.forEach(this::end));
    }

    private void on(DaemonNode node, List<PodView> pods) {
      Eligibility.Verdict verdict = scene.set().eligibility().on(node);
      if (!verdict.stay()) {
        pods.forEach(this::end);
        return;
      }
      List<PodView> running = new ArrayList<>();
      for (PodView pod : pods) {
        if (pod.deleting()) {
          continue;
        }
        if (pod.terminal()) {
          failed.add(pod);
          end(pod);
        } else {
          running.add(pod);
        }
      }
      if (pods.isEmpty() && verdict.run()) {
        create.add(node.name());
      }
      surplus(running).forEach(this::end);
    }

    /** The oldest stays; with a surge, the oldest of each template while the old one is needed. */
    private List<PodView> surplus(List<PodView> running) {
      List<PodView> ordered = new ArrayList<>(running);
      ordered.sort(Comparator.comparing(Placing::created).thenComparing(PodView::name));
      if (scene.set().update().surge().roundedUp(100) == 0) {
        return ordered.stream().skip(1).toList();
      }
      Optional<PodView> updated = ordered.stream().filter(scene::updated).findFirst();
      Optional<PodView> old = ordered.stream().filter(p -> !scene.updated(p)).findFirst();
      boolean oldNeeded = updated.filter(scene::available).isEmpty();
      return ordered.stream()
          .filter(p -> updated.filter(p::equals).isEmpty())
          .filter(p -> !oldNeeded || old.filter(p::equals).isEmpty())
          .toList();
    }

    private static Instant created(PodView pod) {
      Instant created = pod.object().meta().creationTimestamp();
      return created == null ? Instant.EPOCH : created;
    }

    private void end(PodView pod) {
      if (!pod.deleting()) {
        delete.add(pod);
      }
    }
  }

  /** Replaces pods of old templates within the bounds. */
  private record Rolling(Scene scene, Placing placing) {

    void roll() {
      DaemonView set = scene.set();
      List<String> wanted =
          scene.nodes().stream()
              .filter(n -> set.eligibility().on(n).run())
              .map(DaemonNode::name)
              .toList();
      int surge = set.update().surge().roundedUp(wanted.size());
      int unavailable = set.update().unavailable().roundedUp(wanted.size());
      if (surge > 0) {
        surge(wanted, surge);
      } else {
        replace(wanted, Math.max(1, unavailable));
      }
    }

    private List<PodView> on(String node) {
      List<PodView> pods = placing.byNode.get(node);
      return pods == null ? List.of() : pods;
    }

    /** What is not available anyway goes first, and uses up what may be missing. */
    private void replace(List<String> wanted, int may) {
      List<PodView> healthy = new ArrayList<>();
      int missing = 0;
      for (String node : wanted) {
        List<PodView> available = on(node).stream().filter(scene::available).toList();
        missing += available.isEmpty() ? 1 : 0;
        for (PodView pod : on(node)) {
          if (scene.updated(pod) || pod.deleting()) {
            continue;
          }
          if (scene.available(pod)) {
            healthy.add(pod);
          } else {
            placing.delete.add(pod);
          }
        }
      }
      healthy.stream().limit(Math.max(0, may - missing)).forEach(placing.delete::add);
    }

    /** A new pod comes beside the old one, which goes when the new one is available. */
    private void surge(List<String> wanted, int most) {
      int surging = 0;
      List<String> candidates = new ArrayList<>();
      for (String node : wanted) {
        boolean old = on(node).stream().anyMatch(p -> !scene.updated(p) && !p.deleting());
        Optional<PodView> fresh = on(node).stream().filter(scene::updated).findFirst();
        boolean oldWorks = on(node).stream().anyMatch(p -> !scene.updated(p) && scene.available(p));
        if (old && fresh.isPresent() && !scene.available(fresh.get())) {
          surging++;
        } else if (old && fresh.isEmpty() && !oldWorks) {
          placing.create.add(node);
        } else if (old && fresh.isEmpty()) {
          candidates.add(node);
        }
      }
      candidates.stream().limit(Math.max(0, most - surging)).forEach(placing.create::add);
    }
  }

  /** The status that nodes and pods make. */
  static DaemonStatus status(Scene scene, int collisions) {
    int[] n = new int[6];
    Map<String, List<PodView>> byNode = scene.byNode();
    for (DaemonNode node : scene.nodes()) {
      List<PodView> pods =
          byNode.getOrDefault(node.name(), List.of()).stream()
              .sorted(Comparator.comparing((PodView p) -> p.deleting()))
              .toList();
      boolean wanted = scene.set().eligibility().on(node).run();
      n[2] += !wanted && !pods.isEmpty() ? 1 : 0;
      if (wanted) {
        n[0]++;
        n[1] += pods.isEmpty() ? 0 : 1;
        n[3] += pods.stream().anyMatch(p -> p.ready().isPresent()) ? 1 : 0;
        n[4] += pods.stream().anyMatch(scene::updated) ? 1 : 0;
        n[5] += pods.stream().anyMatch(scene::available) ? 1 : 0;
      }
    }
    return new DaemonStatus(
        new DaemonStatus.Counts(n[0], n[1], n[2], n[3], n[4], n[5], n[0] - n[5]),
        collisions,
        scene.set().object().meta().generation(),
        scene.set().status().conditions());
  }
}
