package dev.argosy.agent.csi.driver;

import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.model.object.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The driver's volumes, each a folder with what is known of it and its content. */
final class Volumes {

  private final Path root;

  Volumes(Path root) {
    this.root = root;
  }

  /** What is known of a volume. */
  record Volume(String id, String name, long bytes, String node, boolean readOnly) {}

  Path content(String id) {
    return root.resolve(id).resolve("content");
  }

  Volume need(String id) throws GrpcFailure {
    return find(id)
        .orElseThrow(() -> new GrpcFailure(Code.NOT_FOUND, "volume " + id + " does not exist"));
  }

  Optional<Volume> find(String id) {
    Path file = root.resolve(id).resolve("volume.json");
    if (!id.matches("[-a-z0-9]+") || !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      var tree = Json.mapper().readTree(Files.readAllBytes(file));
      return Optional.of(
          new Volume(
              id,
              tree.path("name").asString(""),
              tree.path("bytes").asLong(),
              tree.path("node").asString(""),
              tree.path("readOnly").asBoolean(false)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<Volume> named(String name) {
    return all().stream().filter(v -> v.name().equals(name)).findFirst();
  }

  List<Volume> all() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .map(f -> find(String.valueOf(f.getFileName())))
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Volume keep(Volume volume) {
    try {
      Files.createDirectories(content(volume.id()));
      ObjectNode tree = Json.object().put("name", volume.name()).put("bytes", volume.bytes());
      tree.put("node", volume.node()).put("readOnly", volume.readOnly());
      Files.write(
          root.resolve(volume.id()).resolve("volume.json"), Json.mapper().writeValueAsBytes(tree));
      return volume;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the first holds is also in the other. */
  void copy(String from, String to) {
    try (Stream<Path> all = Files.list(content(from))) {
      for (Path one : all.toList()) {
        Files.copy(
            one, content(to).resolve(one.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String id) {
    try (Stream<Path> tree = Files.walk(root.resolve(id))) {
      for (Path one : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
