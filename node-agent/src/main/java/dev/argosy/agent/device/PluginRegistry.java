package dev.argosy.agent.device;

import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.agent.grpc.GrpcServer;
import dev.argosy.agent.grpc.GrpcServer.Unary;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where plug-ins register: {@code kubelet.sock} in their folder. It is made anew whenever the agent
 * begins, which is how plug-ins notice that they must register again; sockets that were there
 * before are removed, as kubelet does.
 */
public final class PluginRegistry implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PluginRegistry.class);
  private static final String SOCKET = "kubelet.sock";
  private static final String VERSION = "v1beta1";

  private final Path folder;
  private final Devices devices;
  private final GrpcServer server;

  /**
   * Listens.
   *
   * @throws IOException if it cannot do so there
   */
  public PluginRegistry(Path folder, Devices devices) throws IOException {
    this.folder = folder;
    this.devices = devices;
    Files.createDirectories(folder);
    removeSockets();
    this.server =
        new GrpcServer(
            folder.resolve(SOCKET),
            VERSION + ".Registration",
            Map.of("Register", (Unary) this::register));
  }

  private void removeSockets() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path one : files) {
        var type = Files.readAttributes(one, "unix:mode", LinkOption.NOFOLLOW_LINKS).get("mode");
        if (type instanceof Integer mode && (mode & 0170000) == 0140000) {
          Files.deleteIfExists(one);
        }
      }
    }
  }

  private MessageBuilder register(Message request) throws GrpcFailure {
    String version = request.text(1);
    String endpoint = request.text(2);
    String resource = request.text(3);
    Optional<String> refusal = refusal(List.of(version), resource);
    if (refusal.isPresent()) {
      throw refused(refusal.get());
    }
    if (endpoint.isEmpty() || endpoint.contains("/") || endpoint.equals("..")) {
      throw refused("the endpoint \"%s\" is no name of a socket in %s".formatted(endpoint, folder));
    }
    devices.register(resource, folder.resolve(endpoint), PluginOptions.of(request.message(4)));
    return new MessageBuilder();
  }

  /** Why a plug-in that speaks these versions cannot offer that. */
  static Optional<String> refusal(List<String> versions, String resource) {
    if (!versions.contains(VERSION)) {
      return Optional.of(
          "requested API version \"%s\" is not supported by kubelet. Supported version is \"%s\""
              .formatted(String.join(",", versions), VERSION));
    }
    return ResourceName.extended(resource)
        ? Optional.empty()
        : Optional.of("the ResourceName \"%s\" is invalid".formatted(resource));
  }

  private static GrpcFailure refused(String why) {
    LOG.warn("a device plug-in is refused: {}", why);
    return new GrpcFailure(Code.INVALID_ARGUMENT, why);
  }

  @Override
  public void close() {
    server.close();
  }
}
