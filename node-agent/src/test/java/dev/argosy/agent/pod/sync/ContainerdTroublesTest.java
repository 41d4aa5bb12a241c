package dev.argosy.agent.pod.sync;

import dev.argosy.agent.TestContainerd;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import org.junit.jupiter.api.Tag;

/** The same on containerd, through CRI. */
@Tag("full")
final class ContainerdTroublesTest extends DockerTroublesTest {

  @Override
  ContainerRuntime connect(String agent) {
    return TestContainerd.connect(agent, data.resolve("logs"));
  }
}
