package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.grpc.GrpcConversation;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.model.object.Json;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The layers of an image as containerd keeps them, unpacked by containerd one over the other.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/manifest.md">Manifests</a>
 */
final class ContainerdLayers {

  private static final String SERVICES = "containerd.services.";
  private static final Map<String, String> HEADERS = Map.of("containerd-namespace", "k8s.io");
  private static final Duration APPLY = Duration.ofHours(1);

  /** More than registries take; whoever made an image may have given anything for its manifest. */
  private static final int LARGEST_MANIFEST = 8 << 20;

  private final CriCalls calls;
  private final String image;

  /**
   * Of one image.
   *
   * @param image its id: the digest of its configuration, and a name of it among containerd's
   */
  ContainerdLayers(CriCalls calls, String image) {
    this.calls = calls;
    this.image = image;
  }

  /** Writes what they hold into an empty folder that containerd sees, too. */
  void unpack(Path folder) throws RuntimeFailure {
    MessageBuilder mount =
        new MessageBuilder()
            .text(1, "bind")
            .text(2, folder.toString())
            .texts(4, List.of("rbind", "rw"));
    for (JsonNode layer : manifest().path("layers")) {
      MessageBuilder request = new MessageBuilder().message(1, descriptor(layer)).message(2, mount);
      calls.call(SERVICES + "diff.v1.Diff/Apply", request, APPLY, HEADERS);
    }
  }

  private static MessageBuilder descriptor(JsonNode layer) {
    return new MessageBuilder()
        .text(1, layer.path("mediaType").asString(""))
        .text(2, layer.path("digest").asString(""))
        .number(3, layer.path("size").asLong(0));
  }

  private JsonNode manifest() throws RuntimeFailure {
    MessageBuilder request = new MessageBuilder().text(1, image);
    Message found = calls.call(SERVICES + "images.v1.Images/Get", request, CriCalls.USUAL, HEADERS);
    return manifest(found.message(1).message(3).text(2))
        .orElseThrow(() ->
            new RuntimeFailure(
                Kind.REFUSED, "image " + image + " is incomplete in containerd: pull it again"));
  }

  /** That of the image, which may be one of several that an index names, not all of them there. */
  private Optional<JsonNode> manifest(String digest) throws RuntimeFailure {
    JsonNode document = read(digest).orElse(null);
    if (document == null) {
      return Optional.empty();
    }
    if (document.path("config").path("digest").asString("").equals(image)) {
      return Optional.of(document);
    }
    for (JsonNode one : document.path("manifests")) {
      Optional<JsonNode> manifest = manifest(one.path("digest").asString(""));
      if (manifest.isPresent()) {
        return manifest;
      }
    }
    return Optional.empty();
  }

  private Optional<JsonNode> read(String digest) throws RuntimeFailure {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GrpcConversation reading = calls.open(SERVICES + "content.v1.Content/Read", HEADERS)) {
      reading.send(new MessageBuilder().text(1, digest));
      reading.finish();
      for (Message next = reading.next(); next != null; next = reading.next()) {
        bytes.writeBytes(next.bytes(2));
        if (bytes.size() > LARGEST_MANIFEST) {
          throw new RuntimeFailure(Kind.REFUSED, "a manifest of image " + image + " is too large");
        }
      }
      return Optional.of(Json.mapper().readTree(bytes.toByteArray()));
    } catch (GrpcFailure e) {
      if (e.code() == GrpcFailure.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw CriCalls.failure(e);
    } catch (JacksonException e) {
      throw new RuntimeFailure(Kind.REFUSED, "a manifest of image " + image + " is no JSON");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RuntimeFailure(Kind.REFUSED, "reading an image was interrupted");
    }
  }
}
