package dev.argosy.store.kms;

import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;

/** A plug-in's socket, and calls of its service in bytes. Any thread. */
final class KmsChannel implements AutoCloseable {

  private static final String SERVICE = "v2.KeyManagementService";

  /** More than the largest answer that is accepted. */
  private static final int LARGEST = 128 * 1024;

  private final KmsEndpoint endpoint;
  private final EventLoopGroup loop;
  private final ManagedChannel channel;

  /** Connects with the first call. */
  KmsChannel(KmsEndpoint endpoint) {
    this.endpoint = endpoint;
    this.loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("kms-" + endpoint.name(), true), NioIoHandler.newFactory());
    this.channel =
        NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(endpoint.socket()))
            .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
            .eventLoopGroup(loop)
            .overrideAuthority("localhost")
            .maxInboundMessageSize(LARGEST)
            .usePlaintext()
            .directExecutor()
            .build();
  }

  /**
   * One call.
   *
   * @param patient whether a plug-in that is not there now is waited for, within the time of a call
   * @throws io.grpc.StatusRuntimeException if there is no answer in time, or a refusal
   */
  byte[] call(String method, byte[] request, boolean patient) {
    CallOptions options =
        CallOptions.DEFAULT.withDeadlineAfter(endpoint.time().toNanos(), TimeUnit.NANOSECONDS);
    return ClientCalls.blockingUnaryCall(
        channel, method(method), patient ? options.withWaitForReady() : options, request);
  }

  /** Lets the next call connect at once, however often that failed before. */
  void tryAgain() {
    if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      channel.enterIdle();
    }
  }

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.newBuilder(Bytes.AS_THEY_ARE, Bytes.AS_THEY_ARE)
        .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
        .setType(MethodType.UNARY)
        .build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** Messages are read and written by those who call. */
  private enum Bytes implements MethodDescriptor.Marshaller<byte[]> {
    AS_THEY_ARE;

    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
