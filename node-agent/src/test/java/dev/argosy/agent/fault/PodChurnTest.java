package dev.argosy.agent.fault;

import static dev.argosy.agent.pod.sync.TestNode.condition;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Pods come and go; nothing of them stays with the agent. */
@Timeout(900)
final class PodChurnTest {

  private static final String CLUSTER = "acme";
  private static final String IMAGE = "busybox:1";
  private static final int AT_ONCE = 110;

  /** What is counted while something goes on anyway. */
  private static final int NOISE = AT_ONCE;

  /** So many events are remembered, to count their repetitions. */
  private static final String REMEMBERED = "dev.argosy.agent.pod.event.PodEvents$Known";

  private static final int MOST_REMEMBERED = 2000;

  private static final ResourceScope PODS =
      ResourceScope.namespace(new GroupResource("", "pods"), CLUSTER, "default");

  @TempDir Path folder;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private final FakeApi api = new FakeApi(Clock.systemUTC(), "root", CLUSTER);
  private final KeptNetwork network = new KeptNetwork();
  private int last;

  private void churn(AgentOnFake agent, int pods) {
    for (int i = 0; i < pods; i += AT_ONCE) {
      some();
      assertThat(api.await(() -> agent.size() == 0, () -> {})).isTrue();
    }
  }

  private void some() {
    ApiClient client = api.client();
    List<ObjectKey> keys = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      ObjectNode pod = pod("pod-" + ++last, IMAGE, "wait");
      spec(pod).put("nodeName", AgentOnFake.NODE);
      spec(pod).putArray("volumes").addObject().put("name", "v").putObject("emptyDir");
      keys.add(client.create(PODS, pod).orThrow().key());
    }
    for (ObjectKey key : keys) {
      assertThat(
              api.await(
                  () -> condition(client.get(key).orThrow().tree(), "Ready").equals("True"),
                  () -> {}))
          .isTrue();
      client.delete(key, DeleteOptions.DEFAULT).orThrow();
    }
    assertThat(api.await(() -> keys.stream().noneMatch(this::present), () -> {})).isTrue();
  }

  private boolean present(ObjectKey key) {
    return api.client().get(key).orAbsent().isPresent();
  }

  private Set<String> files() throws IOException {
    Set<String> all = new TreeSet<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.forEach(path -> all.add(folder.relativize(path).toString()));
    }
    return all;
  }

  private void nothingStays(int before, int then) throws IOException, RuntimeFailure {
    runtime.images().add(IMAGE);
    Path groups = folder.resolve("groups");
    Files.createDirectories(groups.resolve("cpu"));
    AgentOnFake.World world =
        new AgentOnFake.World(runtime, api.client(), network, folder.resolve("data"), groups);
    try (AgentOnFake agent = new AgentOnFake(world, new FaultPoint(Integer.MAX_VALUE))) {
      churn(agent, before);
      Set<String> files = files();
      Map<String, Long> living = Living.count();
      churn(agent, then);
      assertThat(files()).isEqualTo(files);
      assertThat(runtime.containers(Map.of())).isEmpty();
      assertThat(runtime.sandboxes(Map.of())).isEmpty();
      assertThat(network.pods()).isEmpty();
      Living.count()
          .forEach((what, count) ->
              assertThat(count)
                  .as(what)
                  .isLessThanOrEqualTo(
                      what.equals(REMEMBERED)
                          ? MOST_REMEMBERED
                          : living.getOrDefault(what, 0L) + NOISE));
    }
  }

  @Test
  void nothingOfWhatComesAtOnceStays() throws Exception {
    nothingStays(AT_ONCE, AT_ONCE);
  }

  @Tag("full")
  @Test
  void nothingOfTenThousandStays() throws Exception {
    nothingStays(1000, 10_000);
  }
}
