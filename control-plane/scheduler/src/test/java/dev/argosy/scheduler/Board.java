package dev.argosy.scheduler;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.scheduler.attempt.Attempt;
import dev.argosy.scheduler.node.NodeView;
import dev.argosy.scheduler.node.Reach;
import dev.argosy.scheduler.pod.PodView;
import dev.argosy.scheduler.preempt.Budget;
import dev.argosy.scheduler.preempt.Budgets;
import dev.argosy.scheduler.profile.Profile;
import dev.argosy.scheduler.profile.Profiles;
import dev.argosy.scheduler.topology.Services;
import dev.argosy.scheduler.volume.Needs;
import java.util.Random;
import tools.jackson.databind.node.ObjectNode;

/** Nodes and pods without an API: pods are placed one after the other. */
final class Board {

  final ClusterState state = new ClusterState();
  final Services services = new Services();
  final Budgets budgets = new Budgets();
  final Nominations nominations = new Nominations();
  final Preempting preempting = new Preempting(state, nominations, budgets, gone -> {});
  private final Reach reach = new Reach(state.nodes(), (cluster, pool) -> true);
  final Decision decision = new Decision(new Random(1));
  private final Profiles profiles;
  private long revision = 1;

  Board() {
    this(Profiles.DEFAULT);
  }

  Board(Profiles profiles) {
    this.profiles = profiles;
  }

  /** A node of 4 cores with these labels, as {@code a=b c=d}, and its name as its hostname. */
  Board node(String name, String labels) {
    return node(name, labels, "{}");
  }

  Board node(String name, String labels, String spec) {
    ObjectNode node = TestPods.node(name, "4", 100);
    ObjectNode map = node.withObject("/metadata/labels").put("kubernetes.io/hostname", name);
    for (String label : labels.isEmpty() ? new String[0] : labels.split(" ")) {
      map.put(label.substring(0, label.indexOf('=')), label.substring(label.indexOf('=') + 1));
    }
    node.set("spec", TestPods.json(spec));
    state.putNode(view(node));
    return this;
  }

  NodeView view(ObjectNode node) {
    String name = node.at("/metadata/name").asString("");
    ObjectKey key = new ObjectKey(TestScheduler.NODES, "root", "", name);
    return NodeView.ALL.decoder().apply(object(key, node));
  }

  private ApiObject object(ObjectKey key, ObjectNode tree) {
    return ApiObject.ofStored(key, revision++, Json.mapper().writeValueAsBytes(tree));
  }

  /** A pod that asks for little, with labels, and more of its spec. */
  PodView pod(String name, String labels, String spec) {
    return pod("acme", "default", name, labels, spec);
  }

  PodView pod(String cluster, String namespace, String name, String labels, String spec) {
    ObjectNode pod = TestPods.pod(name, "100m");
    pod.withObject("/metadata").put("uid", "uid-" + cluster + "-" + name);
    pod.withObject("/metadata").set("labels", TestPods.json(labels));
    ((ObjectNode) pod.path("spec")).setAll((ObjectNode) TestPods.json(spec));
    return PodView.of(object(new ObjectKey(PodView.PODS, cluster, namespace, name), pod));
  }

  /** A pod that asks for this much processor. */
  static String cpu(String amount, int priority) {
    return "{'priority':"
        + priority
        + ",'containers':[{'name':'c','image':'i','resources':{'requests':{'cpu':'"
        + amount
        + "'}}}]}";
  }

  Budget budget(String name, String selector, int allowed) {
    ObjectNode budget = Json.object();
    budget.put("apiVersion", "policy/v1").put("kind", "PodDisruptionBudget");
    budget.putObject("metadata").put("name", name);
    budget.putObject("spec").set("selector", TestPods.json(selector));
    budget.putObject("status").put("disruptionsAllowed", allowed);
    ObjectKey key = new ObjectKey(Budget.EVERYWHERE.scope().resource(), "acme", "default", name);
    return Budget.EVERYWHERE.decoder().apply(object(key, budget));
  }

  Attempt attempt(PodView pod) {
    Profile profile = profiles.of(pod);
    return new Attempt(
        profile.shape(pod),
        profile,
        state.nodes(),
        reach.of(pod.key().cluster()),
        state.census(),
        profile.usual(pod, services),
        Needs.NONE);
  }

  Placement look(PodView pod) {
    return decision.place(attempt(pod), nominations);
  }

  /** The node that the pod gets, or why it gets none. */
  String place(PodView pod) {
    return switch (look(pod)) {
      case Placement.Chosen(String node) -> {
        state.assume(pod, node);
        yield node;
      }
      case Placement.Nowhere nowhere -> nowhere.message();
    };
  }

  /** Puts the pod on the node, whatever anybody says. */
  Board on(String node, PodView pod) {
    state.assume(pod, node);
    return this;
  }

  /** What a pod for which there is no room does about it. */
  Preempting.Outcome preempt(PodView pod) {
    if (look(pod) instanceof Placement.Nowhere nowhere) {
      return preempting.instead(attempt(pod), nowhere);
    }
    throw new AssertionError("there is room for " + pod.key());
  }
}
