package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.command.Commands.Outcome;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Writes what an image holds into a folder: a view of containerd's snapshot of it is mounted beside
 * the folder, and copied; without a snapshot its layers are unpacked. What an agent left that died
 * meanwhile is cleared away first.
 */
final class ContainerdUnpacking {

  private static final String SNAPSHOTS = "containerd.services.snapshots.v1.Snapshots/";
  private static final String LEASES = "containerd.services.leases.v1.Leases/";

  private final CriCalls calls;
  private final Path folder;
  private final Path mount;
  private final String view;
  private final Map<String, String> headers;

  /** One image at a time for folders that are beside each other. */
  ContainerdUnpacking(CriCalls calls, Path folder) {
    this.calls = calls;
    this.folder = folder;
    this.mount = folder.resolveSibling("mounted-image");
    this.view = "argosy" + mount.toString().replace('/', '-');
    this.headers = Map.of("containerd-namespace", "k8s.io", "containerd-lease", view);
  }

  void unpack(String image) throws RuntimeFailure {
    String chain = info("ImageStatus", image).path("chainID").asString("");
    if (chain.isEmpty()) {
      throw new RuntimeFailure(
          Kind.REFUSED, "this runtime cannot mount images as volumes: it is not containerd");
    }
    String snapshotter = snapshotter();
    clear(snapshotter);
    try {
      call(LEASES + "Create", new MessageBuilder().text(1, view));
      Optional<Message> mounts = view(snapshotter, chain);
      if (mounts.isPresent()) {
        copy(mounts.get());
      } else {
        new ContainerdLayers(calls, image).unpack(folder);
      }
    } finally {
      clear(snapshotter);
    }
  }

  /** Of an image that was loaded and never run there is no snapshot. */
  private Optional<Message> view(String snapshotter, String chain) throws RuntimeFailure {
    MessageBuilder request = new MessageBuilder().text(1, snapshotter).text(2, view).text(3, chain);
    try {
      return call(SNAPSHOTS + "View", request).present(1);
    } catch (RuntimeFailure e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Message call(String method, MessageBuilder request) throws RuntimeFailure {
    return calls.call(method, request, CriCalls.USUAL, headers);
  }

  private JsonNode info(String method, String image) throws RuntimeFailure {
    MessageBuilder request =
        new MessageBuilder().message(1, new MessageBuilder().text(1, image)).flag(2, true);
    return json(calls.images(method, request, CriCalls.USUAL).map(2).getOrDefault("info", ""));
  }

  private String snapshotter() throws RuntimeFailure {
    Message status = calls.runtime("Status", new MessageBuilder().flag(1, true));
    String name =
        json(status.map(2).getOrDefault("config", ""))
            .path("containerd")
            .path("snapshotter")
            .asString("");
    return name.isEmpty() ? "overlayfs" : name;
  }

  private static JsonNode json(String text) {
    try {
      return text.isEmpty()
          ? MissingNode.getInstance()
          : Json.mapper().readTree(text.getBytes(StandardCharsets.UTF_8));
    } catch (JacksonException notJson) {
      return MissingNode.getInstance();
    }
  }

  /** Of the first of containerd's mounts, which is all that there is of a view. */
  private void copy(Message what) throws RuntimeFailure {
    String options = String.join(",", what.texts(4));
    List<String> command =
        what.text(1).equals("bind")
            ? List.of("mount", "-o", options, what.text(2), mount.toString())
            : List.of("mount", "-t", what.text(1), "-o", options, what.text(2), mount.toString());
    try {
      Files.createDirectories(mount);
    } catch (IOException e) {
      throw new RuntimeFailure(Kind.REFUSED, "cannot unpack an image: " + e);
    }
    run(command);
    run(List.of("cp", "-a", "--", mount + "/.", folder.toString()));
  }

  private static void run(List<String> command) throws RuntimeFailure {
    Outcome outcome = Commands.run(command);
    if (!outcome.ok()) {
      throw new RuntimeFailure(Kind.REFUSED, "cannot unpack an image: " + outcome.output());
    }
  }

  private void clear(String snapshotter) throws RuntimeFailure {
    if (Files.isDirectory(mount)) {
      Commands.run(List.of("umount", mount.toString()));
      Commands.run(List.of("rmdir", mount.toString()));
    }
    gone(SNAPSHOTS + "Remove", new MessageBuilder().text(1, snapshotter).text(2, view));
    gone(LEASES + "Delete", new MessageBuilder().text(1, view));
  }

  private void gone(String method, MessageBuilder request) throws RuntimeFailure {
    try {
      call(method, request);
    } catch (RuntimeFailure e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
    }
  }
}
