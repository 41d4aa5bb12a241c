package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.grpc.GrpcChannel;
import dev.argosy.agent.grpc.GrpcConversation;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Calls of the two services of CRI v1, and what their failures mean. Any thread. */
final class CriCalls implements AutoCloseable {

  /** What most calls take at the longest, as with kubelet. */
  static final Duration USUAL = Duration.ofMinutes(2);

  private static final String RUNTIME = "runtime.v1.RuntimeService/";
  private static final String IMAGES = "runtime.v1.ImageService/";

  /** Runtimes have one code for most of what goes wrong. */
  private static final List<String> CONFLICTS =
      List.of("is reserved for", "name is reserved", "not running", "is in CONTAINER_");

  private final GrpcChannel channel;

  CriCalls(Path socket) {
    this.channel = new GrpcChannel(socket);
  }

  Message runtime(String method, MessageBuilder request) throws RuntimeFailure {
    return runtime(method, request, USUAL);
  }

  Message runtime(String method, MessageBuilder request, Duration limit) throws RuntimeFailure {
    return call(RUNTIME + method, request, limit, Map.of());
  }

  Message images(String method, MessageBuilder request, Duration limit) throws RuntimeFailure {
    return call(IMAGES + method, request, limit, Map.of());
  }

  Message call(String method, MessageBuilder request, Duration limit, Map<String, String> headers)
      throws RuntimeFailure {
    try {
      return channel.call(method, request, limit, headers);
    } catch (GrpcFailure e) {
      throw failure(e);
    }
  }

  /** Does what may be done already. */
  void idempotent(String method, MessageBuilder request, Duration limit) throws RuntimeFailure {
    try {
      runtime(method, request, limit);
    } catch (RuntimeFailure e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
    }
  }

  GrpcConversation events() {
    return channel.open(RUNTIME + "GetContainerEvents", Map.of());
  }

  GrpcConversation open(String method, Map<String, String> headers) {
    return channel.open(method, headers);
  }

  static RuntimeFailure failure(GrpcFailure failure) {
    String message = String.valueOf(failure.getMessage());
    return new RuntimeFailure(kind(failure.code(), message), message);
  }

  private static Kind kind(Code code, String message) {
    return switch (code) {
      case UNAVAILABLE, DEADLINE_EXCEEDED -> Kind.UNAVAILABLE;
      case NOT_FOUND -> Kind.NOT_FOUND;
      case ALREADY_EXISTS, FAILED_PRECONDITION -> Kind.CONFLICT;
      default -> CONFLICTS.stream().anyMatch(message::contains) ? Kind.CONFLICT : Kind.REFUSED;
    };
  }

  @Override
  public void close() {
    channel.close();
  }
}
