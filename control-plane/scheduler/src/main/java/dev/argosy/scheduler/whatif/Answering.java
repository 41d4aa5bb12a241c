package dev.argosy.scheduler.whatif;

import dev.argosy.scheduler.attempt.Advice;
import dev.argosy.scheduler.explain.Explanation;
import dev.argosy.scheduler.extender.Heard;
import dev.argosy.scheduler.filter.Lack;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.pod.Resources;
import dev.argosy.scheduler.preempt.Victims;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers one question on a stage, which is afterwards as before. Every change that it suggests was
 * tried. No more than {@link #MOST_TRIED} pods are placed for it, so a question about many pods may
 * get fewer suggestions.
 */
final class Answering {

  static final int MOST_TRIED = 20_000;
  private static final int MOST_ENDED = 100;
  private static final int MOST_SHAPES = 5;
  private static final int MOST_NODES = 1000;
  private static final int EXACT_UP_TO = 10;
  private static final int STEPS = 64;
  private static final long MEBIBYTE = 1024L * 1024;

  private final Stage stage;
  private final Asked asked;
  private final Heard heard;
  private int tried;

  private Answering(Stage stage, Asked asked, Heard heard) {
    this.stage = stage;
    this.asked = asked;
    this.heard = heard;
  }

  /** The nodes that are there on which such a pod fits, as far as nobody else is asked. */
  static List<String> inQuestion(Stage stage, Asked asked) {
    try (Stage.Scene scene = stage.begin()) {
      asked.gone(stage.pods(asked.cluster(), asked.key().namespace())).forEach(stage::remove);
      return stage.fitting(asked.view(asked.pod(), 0));
    }
  }

  /**
   * @param heard what others say; of nodes of which they say nothing they are taken to let them be
   */
  static Answer of(Stage stage, Asked asked, Heard heard) {
    try (Stage.Scene scene = stage.begin()) {
      List<NodeView> present = stage.nodes(asked.cluster());
      asked.added(present).forEach(stage::add);
      asked.gone(stage.pods(asked.cluster(), asked.key().namespace())).forEach(stage::remove);
      if (!heard.words().isEmpty()) {
        stage.advise(new Advice(heard.marks(), heard.refused(), true));
      }
      return new Answering(stage, asked, heard).answer();
    } catch (Asked.UnknownNodeException e) {
      return Answer.problem(String.valueOf(e.getMessage()), asked.count());
    }
  }

  private Answer answer() {
    Map<String, Integer> where = new HashMap<>();
    List<Suggestion> changes = new ArrayList<>();
    Optional<Explanation> why = Optional.empty();
    String nowhere = "";
    List<PodView> lent = List.of();
    List<PodView> ended = List.of();
    Share share = stage.share(asked.view(asked.pod(), 0), asked.count());
    try (Stage.Scene scene = stage.begin()) {
      int fitting = place(asked.pod(), where);
      if (fitting < asked.count()) {
        PodView next = asked.view(asked.pod(), fitting);
        nowhere = stage.message(next);
        why = Optional.of(stage.explain(next));
        lent = without(fitting, stage::claims);
        ended = without(fitting, stage::victims);
      }
    }
    int nodes = stage.nodes(asked.cluster()).size();
    if (why.isPresent()) {
      if (!lent.isEmpty() && allFitWithout(lent)) {
        changes.add(Suggestion.claimBack(lent));
      }
      changesOfPods(changes);
      reductions(changes);
      if (!ended.isEmpty() && allFitWithout(ended)) {
        changes.add(Suggestion.endPods(ended, asked.key().namespace(), asked.view(asked.pod(), 0)));
      }
      moreNodes(where.values().stream().mapToInt(n -> n).sum()).ifPresent(changes::add);
    }
    Beside beside = new Beside(heard.words(), share);
    return new Answer("", asked.count(), where, nodes, nowhere, why, changes, beside);
  }

  /** Places as many as fit; answers how many. Alike pods fit no more when one of them does not. */
  private int place(ObjectNode pod, Map<String, Integer> where) {
    for (int i = 0; i < asked.count(); i++) {
      tried++;
      Optional<String> node = stage.place(asked.view(pod, i));
      if (node.isEmpty()) {
        return i;
      }
      where.merge(node.get(), 1, Integer::sum);
    }
    return asked.count();
  }

  private boolean mayTry() {
    return tried + asked.count() <= MOST_TRIED;
  }

  private boolean allFit(ObjectNode pod) {
    if (!mayTry()) {
      return false;
    }
    try (Stage.Scene scene = stage.begin()) {
      return place(pod, new HashMap<>()) == asked.count();
    }
  }

  private void changesOfPods(List<Suggestion> changes) {
    List<NodeView> nodes = stage.nodes(asked.cluster());
    for (PodChanges.Changed changed :
        PodChanges.of(asked.pod(), asked.view(asked.pod(), 0), nodes)) {
      if (allFit(changed.pod())) {
        changes.add(changed.suggestion());
      }
    }
  }

  private void reductions(List<Suggestion> changes) {
    Resources wanted = asked.view(asked.pod(), 0).demand().requests();
    Map<String, Long> amounts = new LinkedHashMap<>();
    amounts.put("cpu", wanted.milliCpu());
    amounts.put("memory", wanted.memory());
    amounts.putAll(new TreeMap<>(wanted.other()));
    amounts.forEach((resource, amount) ->
        reduced(resource, amount)
            .ifPresent(most -> {
              String text = Lack.Amount.text(resource, most);
              changes.add(
                  new Suggestion(
                      "ReduceRequests",
                      "with requests of at most " + text + " " + resource,
                      o -> o.put("resource", resource).put("amount", text)));
            }));
  }

  /** The most of a resource with which all fit; to within a part of it where there are many. */
  private Optional<Long> reduced(String resource, long wanted) {
    long unit = resource.equals("memory") ? MEBIBYTE : 1;
    if (wanted <= 0 || !allFit(requesting(resource, 0))) {
      return Optional.empty();
    }
    long fits = 0;
    long tooMuch = (wanted + unit - 1) / unit;
    long exact = asked.count() <= EXACT_UP_TO ? 1 : Math.max(1, tooMuch / STEPS);
    while (tooMuch - fits > exact && mayTry()) {
      long middle = fits + (tooMuch - fits) / 2;
      if (allFit(requesting(resource, middle * unit))) {
        fits = middle;
      } else {
        tooMuch = middle;
      }
    }
    return fits == 0 ? Optional.empty() : Optional.of(fits * unit);
  }

  private ObjectNode requesting(String resource, long amount) {
    return PodChanges.requesting(asked.pod(), resource, Lack.Amount.text(resource, amount));
  }

  /**
   * The pods to end for those that are left; none if that does not help. Called when the others are
   * placed.
   *
   * @param choice who would have to go for a pod
   */
  private List<PodView> without(int fitting, Function<PodView, Optional<Victims>> choice) {
    try (Stage.Scene scene = stage.begin()) {
      return end(fitting, choice);
    }
  }

  private List<PodView> end(int fitting, Function<PodView, Optional<Victims>> choice) {
    List<PodView> ended = new ArrayList<>();
    for (int i = fitting; i < asked.count() && ended.size() <= MOST_ENDED; i++) {
      tried++;
      PodView pod = asked.view(asked.pod(), i);
      Optional<Victims> victims = choice.apply(pod);
      if (victims.isEmpty()) {
        return List.of();
      }
      victims.get().pods().forEach(stage::remove);
      ended.addAll(victims.get().pods());
      if (stage.place(pod).isEmpty()) {
        return List.of();
      }
    }
    return ended.size() > MOST_ENDED ? List.of() : ended;
  }

  /** They may go to other nodes when the room is there from the beginning. */
  private boolean allFitWithout(List<PodView> ended) {
    try (Stage.Scene scene = stage.begin()) {
      ended.forEach(stage::remove);
      return allFit(asked.pod());
    }
  }

  /** The kind of node of which the fewest more are needed. */
  private Optional<Suggestion> moreNodes(int fitting) {
    Optional<Suggestion> best = Optional.empty();
    int least = MOST_NODES + 1;
    for (NodeView shape : shapes()) {
      int needed = needed(shape, fitting);
      if (needed < least) {
        least = needed;
        String message = "with " + needed + " more " + (needed == 1 ? "node" : "nodes");
        best =
            Optional.of(
                new Suggestion(
                    "AddNodes",
                    message + " like " + shape.name(),
                    o -> o.put("like", shape.name()).put("count", needed)));
      }
    }
    return best;
  }

  private List<NodeView> shapes() {
    Map<Object, NodeView> shapes = new LinkedHashMap<>();
    for (NodeView node : stage.nodes(asked.cluster())) {
      if (shapes.size() < MOST_SHAPES) {
        shapes.putIfAbsent(List.of(node.allocatable(), node.taints(), node.pool()), node);
      }
    }
    return List.copyOf(shapes.values());
  }

  private int needed(NodeView shape, int fitting) {
    int one = fittingWith(shape, 1);
    if (one <= fitting) {
      return Integer.MAX_VALUE;
    }
    int needed = Math.ceilDiv(asked.count() - fitting, one - fitting);
    return needed == 1 || (needed <= MOST_NODES && fittingWith(shape, needed) == asked.count())
        ? needed
        : Integer.MAX_VALUE;
  }

  private int fittingWith(NodeView shape, int more) {
    if (!mayTry()) {
      return 0;
    }
    try (Stage.Scene scene = stage.begin()) {
      for (int i = 1; i <= more; i++) {
        stage.add(AssumedNode.another(shape, "more-" + i));
      }
      return place(asked.pod(), new HashMap<>());
    }
  }
}
