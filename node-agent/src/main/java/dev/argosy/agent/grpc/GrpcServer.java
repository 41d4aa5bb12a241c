package dev.argosy.agent.grpc;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A service behind a Unix socket. Each call has a virtual thread of its own. */
public final class GrpcServer implements AutoCloseable {

  /** What a method does. */
  public sealed interface Method {}

  /** One request, one answer. */
  @FunctionalInterface
  public non-sealed interface Unary extends Method {
    MessageBuilder answer(Message request) throws GrpcFailure;
  }

  /** One request; answers as they come, until it returns. */
  @FunctionalInterface
  public non-sealed interface Streaming extends Method {
    void answer(Message request, Answers answers) throws GrpcFailure, InterruptedException;
  }

  /** Where answers go. */
  public interface Answers {
    /** Sends one; false if the caller is gone. */
    boolean send(MessageBuilder answer);
  }

  private final EventLoopGroup loop;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final Server server;

  /**
   * Listens, in place of who listened there before.
   *
   * @param service {@code package.Service}
   * @param methods by name
   * @throws IOException if it cannot listen there
   */
  public GrpcServer(Path socket, String service, Map<String, Method> methods) throws IOException {
    this(socket, Map.of(service, methods));
  }

  /**
   * The same for several services at one socket.
   *
   * @param services methods by name, by {@code package.Service}
   */
  public GrpcServer(Path socket, Map<String, Map<String, Method>> services) throws IOException {
    Files.deleteIfExists(socket);
    this.loop =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory("grpc-" + socket.getFileName(), true),
            NioIoHandler.newFactory());
    this.server =
        NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
            .channelType(NioServerDomainSocketChannel.class)
            .maxInboundMessageSize(GrpcChannel.LARGEST_MESSAGE)
            .withChildOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
            .bossEventLoopGroup(loop)
            .workerEventLoopGroup(loop)
            .executor(calls)
            .addServices(
                services.entrySet().stream()
                    .map(service -> definition(service.getKey(), service.getValue()))
                    .toList())
            .build();
    try {
      server.start();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private static ServerServiceDefinition definition(String service, Map<String, Method> methods) {
    ServerServiceDefinition.Builder all = ServerServiceDefinition.builder(service);
    methods.forEach((name, method) -> {
      String full = service + "/" + name;
      switch (method) {
        case Unary unary ->
            all.addMethod(
                Bytes.method(full, MethodType.UNARY),
                ServerCalls.asyncUnaryCall((request, out) -> answer(unary, request, out)));
        case Streaming streaming ->
            all.addMethod(
                Bytes.method(full, MethodType.SERVER_STREAMING),
                ServerCalls.asyncServerStreamingCall(
                    (request, out) -> answer(streaming, request, out)));
      }
    });
    return all.build();
  }

  private static void answer(Unary method, byte[] request, StreamObserver<byte[]> out) {
    try {
      out.onNext(method.answer(Message.of(request)).bytes());
      out.onCompleted();
    } catch (GrpcFailure e) {
      out.onError(status(e));
    } catch (IllegalArgumentException e) {
      out.onError(status(Status.Code.INVALID_ARGUMENT, e));
    }
  }

  private static void answer(Streaming method, byte[] request, StreamObserver<byte[]> out) {
    ServerCallStreamObserver<byte[]> call = (ServerCallStreamObserver<byte[]>) out;
    call.setOnCancelHandler(() -> {}); // or sending to who is gone would throw
    try {
      method.answer(
          Message.of(request),
          answer -> {
            if (!call.isCancelled()) {
              call.onNext(answer.bytes());
            }
            return !call.isCancelled();
          });
      call.onCompleted();
    } catch (GrpcFailure e) {
      call.onError(status(e));
    } catch (IllegalArgumentException e) {
      call.onError(status(Status.Code.INVALID_ARGUMENT, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      call.onError(status(Status.Code.UNAVAILABLE, e));
    }
  }

  private static StatusRuntimeException status(GrpcFailure failure) {
    return status(Status.Code.valueOf(failure.code().name()), failure);
  }

  private static StatusRuntimeException status(Status.Code code, Exception why) {
    return code.toStatus()
        .withDescription(String.valueOf(why.getMessage()))
        .asRuntimeException(new Metadata());
  }

  /** Ends calls that are under way. */
  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    calls.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
