package dev.argosy.bench;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.IOException;
import java.util.List;

/** The container engine, without a platform. */
final class Engine implements AutoCloseable {

  private static final String LABEL = "argosy-bench";

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
  static Engine open(String host, List<String> images) throws Unavailable {
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
  double startPair() {
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

  @Override
  public void close() throws IOException {
    docker.close();
  }
}
