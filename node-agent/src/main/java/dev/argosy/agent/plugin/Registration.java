package dev.argosy.agent.plugin;

import dev.argosy.agent.grpc.GrpcChannel;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Calls of the service that a plug-in registers with, {@code pluginregistration.Registration} v1.
 *
 * @see <a
 *     href="https://github.com/kubernetes/kubelet/tree/master/pkg/apis/pluginregistration/v1">The
 *     service</a>
 */
final class Registration {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String SERVICE = "pluginregistration.Registration/";

  private Registration() {}

  /** Asks a plug-in what it is. */
  static PluginInfo info(Path socket) throws GrpcFailure, PluginRefusal {
    try (GrpcChannel channel = new GrpcChannel(socket)) {
      return info(socket, channel.call(SERVICE + "GetInfo", new MessageBuilder(), LIMIT));
    }
  }

  private static PluginInfo info(Path socket, Message info) throws PluginRefusal {
    if (info.text(1).isEmpty() || info.text(2).isEmpty()) {
      throw new PluginRefusal("a plug-in has a type and a name");
    }
    try {
      Path endpoint = info.text(3).isEmpty() ? socket : Path.of(info.text(3));
      return new PluginInfo(info.text(1), info.text(2), endpoint, info.texts(4), socket);
    } catch (InvalidPathException e) {
      throw new PluginRefusal("the endpoint is no path of this node: " + e.getMessage());
    }
  }

  /** Tells a plug-in that it was taken, or why not if that is not empty. */
  static void tell(Path socket, String error) throws GrpcFailure {
    try (GrpcChannel channel = new GrpcChannel(socket)) {
      channel.call(
          SERVICE + "NotifyRegistrationStatus",
          new MessageBuilder().flag(1, error.isEmpty()).text(2, error),
          LIMIT);
    }
  }
}
