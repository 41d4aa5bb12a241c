package dev.argosy.agent.pod.sync;

import dev.argosy.agent.TestContainerd;
import dev.argosy.agent.runtime.spi.ContainerRuntime;

/** The same on containerd, through CRI. */
final class ContainerdPodsTest extends DockerPodsTest {

  @Override
  ContainerRuntime connect(String agent) {
    return TestContainerd.connect(agent, data.resolve("logs"));
  }
}
