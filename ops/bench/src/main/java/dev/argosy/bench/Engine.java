package dev.argosy.bench;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ContainerSpec;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LocalNodeState;
import com.github.dockerjava.api.model.ServiceModeConfig;
import com.github.dockerjava.api.model.ServiceReplicatedModeOptions;
import com.github.dockerjava.api.model.ServiceSpec;
import com.github.dockerjava.api.model.TaskSpec;
import com.github.dockerjava.api.model.TaskState;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The container engine, without a platform. */
public final class Engine implements AutoCloseable {

  private static final String LABEL = "argosy-bench";
  private static final long LIMIT_NANOS = 60_000_000_000L;

  private final DockerClient docker;
  private final List<String> images;

  /** The agent's pause image names no command of its own. */
  private static final String PAUSE = "/pause";

  private Engine(DockerClient docker, List<String> images) {
    this.docker = docker;
    this.images = images;
  }

  /**
   * Connects.
   *
   * @param images the container's and the pause container's; never pulled
   */
  public static Engine open(String host, List<String> images) throws Unavailable {
    DockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(host)
            .withDockerTlsVerify(false)
            .build();
    DockerClient docker =
        DockerClientImpl.getInstance(
            config,
            new ZerodepDockerHttpClient.Builder().dockerHost(config.getDockerHost()).build());
    for (String image : images) {
      try {
        docker.inspectImageCmd(image).exec();
      } catch (RuntimeException e) {
        throw new Unavailable(
            "no image " + image + " at " + host + " (DOCKER_HOST): " + e.getMessage());
      }
    }
    return new Engine(docker, images);
  }

  /**
   * Starts a pause container and one in its network, and removes both.
   *
   * @return the milliseconds until both were started
   */
  public double startPair() {
    long start = System.nanoTime();
    String pause = started(images.getLast(), List.of(PAUSE), HostConfig.newHostConfig());
    HostConfig joined =
        HostConfig.newHostConfig()
            .withNetworkMode("container:" + pause)
            .withIpcMode("container:" + pause);
    String container = "";
    try {
      container = started(images.getFirst(), List.of(), joined);
      return (System.nanoTime() - start) / 1e6;
    } finally {
      remove(container);
      remove(pause);
    }
  }

  /** An empty command leaves the image's own. */
  private String started(String image, List<String> command, HostConfig config) {
    String id =
        docker
            .createContainerCmd(image)
            .withCmd(command)
            .withLabels(java.util.Map.of(LABEL, ""))
            .withHostConfig(
                config.withIpcMode(config.getIpcMode() == null ? "shareable" : config.getIpcMode()))
            .exec()
            .getId();
    docker.startContainerCmd(id).exec();
    return id;
  }

  private void remove(String id) {
    if (!id.isEmpty()) {
      docker.removeContainerCmd(id).withForce(true).exec();
    }
  }

  /** Whether services can be made of it. */
  public boolean swarm() {
    var swarm = docker.infoCmd().exec().getSwarm();
    return swarm != null && swarm.getLocalNodeState() == LocalNodeState.ACTIVE;
  }

  /**
   * Makes a service of one task, waits until that runs, and removes it.
   *
   * @return the milliseconds until the task ran
   */
  public double startService() throws InterruptedException {
    long start = System.nanoTime();
    String id =
        docker
            .createServiceCmd(
                new ServiceSpec()
                    .withMode(
                        new ServiceModeConfig()
                            .withReplicated(new ServiceReplicatedModeOptions().withReplicas(1)))
                    .withTaskTemplate(
                        new TaskSpec()
                            .withContainerSpec(
                                new ContainerSpec()
                                    .withImage(images.getFirst())
                                    .withCommand(List.of("sleep", "100000")))))
            .exec()
            .getId();
    try {
      while (docker.listTasksCmd().withServiceFilter(id).exec().stream()
          .noneMatch(task -> task.getStatus().getState() == TaskState.RUNNING)) {
        if (System.nanoTime() - start > LIMIT_NANOS) {
          throw new IllegalStateException("a service did not start in a minute");
        }
        TimeUnit.MILLISECONDS.sleep(5);
      }
      return (System.nanoTime() - start) / 1e6;
    } finally {
      docker.removeServiceCmd(id).exec();
    }
  }

  @Override
  public void close() throws IOException {
    docker.close();
  }
}
