package dev.argosy.agent.pod.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.running.PodLabels;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What pods left that are gone from the API. */
@Timeout(60)
final class OrphansTest {

  private static final String IMAGE = "busybox:1";
  private static final long PATIENCE_SECONDS = 20;

  private final FakeRuntime engine = new FakeRuntime(Clock.systemUTC());
  private final CountDownLatch ending = new CountDownLatch(3);

  @TempDir Path data;

  private void orphan(String name) throws RuntimeFailure {
    ObjectKey pod = new ObjectKey(new GroupResource("", "pods"), "acme", "default", name);
    String sandbox =
        engine.startSandbox(
            new SandboxSpec(
                name,
                PodLabels.ofPod(pod, name),
                IMAGE,
                List.of(),
                "",
                false,
                false,
                false,
                Map.of(),
                ""));
    engine.startContainer(
        engine.createContainer(
            sandbox,
            new ContainerSpec(
                name + "-main",
                PodLabels.ofContainer(pod, name, "main", 0),
                IMAGE,
                List.of("wait"),
                List.of(),
                List.of(),
                "",
                List.of(),
                ContainerSpec.Limits.NONE,
                ContainerSpec.Privileges.DEFAULT,
                ContainerSpec.Terminal.NONE,
                new ContainerSpec.Processes.Own())));
  }

  /** Each container takes its grace, until all are being ended. */
  private ContainerRuntime slow() {
    return (ContainerRuntime)
        Proxy.newProxyInstance(
            ContainerRuntime.class.getClassLoader(),
            new Class<?>[] {ContainerRuntime.class},
            (self, method, arguments) -> call(method, arguments));
  }

  private Object call(Method method, Object @Nullable [] arguments) throws Throwable {
    if (method.getName().equals("stopContainer")) {
      ending.countDown();
      if (!ending.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new RuntimeFailure(RuntimeFailure.Kind.REFUSED, "the others wait for this one");
      }
    }
    try {
      return method.invoke(engine, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Test
  void areEndedTogether() throws Exception {
    engine.images().add(IMAGE);
    orphan("a");
    orphan("b");
    orphan("c");
    try (TestNode node = new TestNode("n1", slow(), new TestNode.FakeNetwork(), data)) {
      assertThat(
              node.api.await(() -> {
                try {
                  return engine.sandboxes(Map.of()).isEmpty();
                } catch (RuntimeFailure e) {
                  throw new IllegalStateException(e);
                }
              }))
          .as("all are gone")
          .isTrue();
      assertThat(engine.containers(Map.of())).isEmpty();
    }
  }
}
