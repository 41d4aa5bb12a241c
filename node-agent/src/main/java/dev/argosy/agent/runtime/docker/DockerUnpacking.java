package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Container;
import dev.argosy.agent.command.Commands;
import dev.argosy.agent.command.Commands.Outcome;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes what an image holds into a folder. Docker shows an image's files through a container only,
 * so one is made that never runs; what Docker adds to every container is taken away again.
 */
final class DockerUnpacking {

  private static final String LABEL = "dev.argosy.unpacking";

  /** Files that Docker makes, empty, in each container, and then the folders around them. */
  private static final List<String> ADDED =
      List.of(
          ".dockerenv", "dev/console", "etc/hostname", "etc/hosts", "etc/resolv.conf", "etc/mtab");

  private static final List<String> FOLDERS =
      List.of("dev/pts", "dev/shm", "dev", "etc", "proc", "sys");

  private DockerUnpacking() {}

  static void unpack(DockerClient docker, String image, Path folder) throws RuntimeFailure {
    String mark = String.valueOf(folder.getParent());
    removeLeftOvers(docker, mark);
    String container =
        DockerCalls.call(() ->
            docker
                .createContainerCmd(image)
                .withLabels(Map.of(LABEL, mark))
                .withEntrypoint("/never-started")
                .exec()
                .getId());
    try {
      copy(docker, container, folder);
      strip(folder);
    } catch (IOException e) {
      throw new RuntimeFailure(Kind.REFUSED, "cannot unpack image " + image + ": " + e);
    } finally {
      remove(docker, container);
    }
  }

  private static void copy(DockerClient docker, String container, Path folder)
      throws RuntimeFailure, IOException {
    try (InputStream archive =
        DockerCalls.call(() -> docker.copyArchiveFromContainerCmd(container, "/").exec())) {
      Outcome unpacked =
          Commands.run(
              List.of("tar", "-x", "-p", "--numeric-owner", "-f", "-", "-C", folder.toString()),
              archive);
      if (!unpacked.ok()) {
        throw new RuntimeFailure(Kind.REFUSED, "cannot unpack an image: " + unpacked.output());
      }
    }
  }

  private static void strip(Path folder) throws IOException {
    for (String name : ADDED) {
      Path file = folder.resolve(name);
      if (direct(file) && added(file)) {
        Files.delete(file);
      }
    }
    for (String name : FOLDERS) {
      Path one = folder.resolve(name);
      if (direct(one) && Files.isDirectory(one, LinkOption.NOFOLLOW_LINKS)) {
        deleteIfEmpty(one);
      }
    }
  }

  /** An image's own link, as one from etc to /etc, must not lead to files of the machine. */
  private static boolean direct(Path file) {
    Path parent = file.getParent();
    return parent != null && Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean added(Path file) throws IOException {
    return Files.isSymbolicLink(file)
        ? Files.readSymbolicLink(file).toString().equals("/proc/mounts")
        : Files.isRegularFile(file) && Files.size(file) == 0;
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      if (all.findAny().isPresent()) {
        return;
      }
    }
    Files.delete(folder);
  }

  /** Of an agent that died meanwhile; one image at a time is unpacked. */
  private static void removeLeftOvers(DockerClient docker, String mark) throws RuntimeFailure {
    List<Container> left =
        DockerCalls.call(() ->
            docker
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(LABEL, mark))
                .exec());
    for (Container container : left) {
      remove(docker, container.getId());
    }
  }

  private static void remove(DockerClient docker, String container) throws RuntimeFailure {
    DockerCalls.callIdempotent(() -> docker.removeContainerCmd(container).withForce(true).exec());
  }
}
