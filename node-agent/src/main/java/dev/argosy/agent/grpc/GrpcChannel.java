package dev.argosy.agent.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptor;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Calls of the server behind a Unix socket. It connects with the first call and again after the
 * server was away; while it is away calls fail at once.
 */
public final class GrpcChannel implements AutoCloseable {

  static final int LARGEST_MESSAGE = 16 << 20;

  private final EventLoopGroup loop;
  private final ManagedChannel channel;

  public GrpcChannel(Path socket) {
    this.loop =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("grpc-" + socket.getFileName(), true),
            NioIoHandler.newFactory());
    this.channel =
        NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
            .withOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
            .eventLoopGroup(loop)
            .overrideAuthority("localhost")
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .usePlaintext()
            .directExecutor()
            .build();
  }

  /**
   * One request, one answer. A thread that is interrupted gives up.
   *
   * @param method {@code package.Service/Method}
   */
  public Message call(String method, MessageBuilder request, Duration limit) throws GrpcFailure {
    return call(method, request, limit, Map.of());
  }

  /**
   * The same with metadata.
   *
   * @param headers lower-case names
   */
  public Message call(
      String method, MessageBuilder request, Duration limit, Map<String, String> headers)
      throws GrpcFailure {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(limit.toNanos(), TimeUnit.NANOSECONDS);
    tryAgain();
    try {
      return Message.of(
          ClientCalls.blockingUnaryCall(
              with(headers), Bytes.method(method, MethodType.UNARY), options, request.bytes()));
    } catch (StatusRuntimeException e) {
      throw GrpcFailure.of(e.getStatus());
    } catch (IllegalArgumentException e) {
      throw GrpcFailure.of(Status.INTERNAL.withDescription("answers nonsense").withCause(e));
    }
  }

  /** Begins a call of many requests or answers, without a limit of time. */
  public GrpcConversation open(String method, Map<String, String> headers) {
    tryAgain();
    return new GrpcConversation(
        ClientCalls.blockingBidiStreamingCall(
            with(headers), Bytes.method(method, MethodType.BIDI_STREAMING), CallOptions.DEFAULT));
  }

  private io.grpc.Channel with(Map<String, String> headers) {
    if (headers.isEmpty()) {
      return channel;
    }
    Metadata metadata = new Metadata();
    headers.forEach((name, value) ->
        metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
    ClientInterceptor adding = MetadataUtils.newAttachHeadersInterceptor(metadata);
    return io.grpc.ClientInterceptors.intercept(channel, adding);
  }

  /** Lets the next call connect at once, however often that failed before: it costs little here. */
  private void tryAgain() {
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.enterIdle();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
