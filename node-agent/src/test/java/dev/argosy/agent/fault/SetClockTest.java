package dev.argosy.agent.fault;

import static dev.argosy.agent.pod.sync.TestNode.condition;
import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.fault.AgentOnFake.World;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** The machine's clock is set by hours: a pod that is deleted has its grace all the same. */
@Timeout(60)
final class SetClockTest {

  private static final String CLUSTER = "acme";
  private static final String IMAGE = "busybox:1";
  private static final int GRACE_SECONDS = 60;

  @TempDir Path folder;
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private final FakeApi api = new FakeApi(Clock.systemUTC(), "root", CLUSTER);
  private final List<Duration> graces = new CopyOnWriteArrayList<>();

  /** The engine, as it is told how long containers have to end. */
  private ContainerRuntime listening() {
    return (ContainerRuntime)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ContainerRuntime.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("stopContainer")) {
                graces.add((Duration) arguments[1]);
              }
              try {
                return method.invoke(runtime, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private ObjectKey run() {
    ObjectNode pod = pod("web", IMAGE, "wait");
    spec(pod).put("nodeName", AgentOnFake.NODE).put("terminationGracePeriodSeconds", GRACE_SECONDS);
    container(pod, 0)
        .putObject("lifecycle")
        .putObject("preStop")
        .putObject("sleep")
        .put("seconds", 1);
    ResourceScope pods = ResourceScope.namespace(new GroupResource("", "pods"), CLUSTER, "default");
    ObjectKey key = api.client().create(pods, pod).orThrow().key();
    assertThat(
            api.await(
                () -> condition(api.client().get(key).orThrow().tree(), "Ready").equals("True")))
        .isTrue();
    return key;
  }

  private void ends(ObjectKey key) {
    assertThat(api.await(() -> api.client().get(key).orAbsent().isEmpty())).isTrue();
    assertThat(graces).hasSize(1);
    assertThat(graces.getFirst())
        .isBetween(Duration.ofSeconds(GRACE_SECONDS / 2), Duration.ofSeconds(GRACE_SECONDS));
  }

  private World world() throws Exception {
    runtime.images().add(IMAGE);
    Path groups = folder.resolve("groups");
    Files.createDirectories(groups.resolve("cpu"));
    return new World(listening(), api.client(), new KeptNetwork(), folder.resolve("data"), groups);
  }

  @ParameterizedTest
  @ValueSource(longs = {3, -3})
  void beforeThePodIsDeleted(long hours) throws Exception {
    try (SetTimers timers = new SetTimers();
        AgentOnFake _ = new AgentOnFake(world(), timers)) {
      ObjectKey key = run();
      timers.set(Duration.ofHours(hours));
      api.client().delete(key, DeleteOptions.DEFAULT).orThrow();
      ends(key);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, -3})
  void whileItsHookRuns(long hours) throws Exception {
    try (SetTimers timers = new SetTimers();
        AgentOnFake _ = new AgentOnFake(world(), timers)) {
      ObjectKey key = run();
      api.client().delete(key, DeleteOptions.DEFAULT).orThrow();
      assertThat(api.await(() -> hasEvent("Killing"))).isTrue();
      timers.set(Duration.ofHours(hours));
      ObjectNode look = Json.object();
      look.putObject("metadata").putObject("labels").put("worker", "looks again");
      api.client().patch(key, "", Patch.merge(look)).orThrow();
      ends(key);
    }
  }

  private boolean hasEvent(String reason) {
    ResourceScope events =
        ResourceScope.namespace(new GroupResource("", "events"), CLUSTER, "default");
    return api.client().list(events, ListOptions.EVERYTHING).orThrow().items().stream()
        .anyMatch(e -> e.tree().path("reason").asString("").equals(reason));
  }
}
