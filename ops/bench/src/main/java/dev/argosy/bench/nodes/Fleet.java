package dev.argosy.bench.nodes;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.time.Timers;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Large nodes with heartbeats and kubelets that do everything at once, within the process. */
public final class Fleet implements AutoCloseable {

  private static final Options.Room ROOM = new Options.Room("64", "256Gi", 200);

  private final FakeNodes nodes;
  private final FakeKubelets kubelets;

  private Fleet(FakeNodes nodes, FakeKubelets kubelets) {
    this.nodes = nodes;
    this.kubelets = kubelets;
  }

  /**
   * Registers nodes {@code node-0} and so on, in three zones of the default pool. They can be used
   * once a controller has seen that they are ready.
   *
   * @param client of somebody who may do everything; root has a namespace {@code kube-node-lease}
   */
  public static Fleet start(ApiClient client, int count, Timers timers)
      throws InterruptedException {
    List<NodeWords> words = IntStream.range(0, count).mapToObj(Fleet::node).toList();
    FakeNodes nodes = new FakeNodes(words, node -> client, client, timers);
    try {
      nodes.register();
    } catch (Refusal e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    return new Fleet(
        nodes,
        new FakeKubelets(
            client,
            (node, cluster) -> client,
            words.stream().collect(Collectors.toMap(NodeWords::name, NodeWords::ip)),
            Script.PROMPT,
            timers));
  }

  private static NodeWords node(int number) {
    String ip = "192.0." + number / 250 + "." + (number % 250 + 1);
    return new NodeWords("node-" + number, ip, "zone-" + number % 3, "default", ROOM);
  }

  /** As a crash: the nodes fall silent. */
  @Override
  public void close() throws InterruptedException {
    nodes.close();
    kubelets.close();
  }
}
