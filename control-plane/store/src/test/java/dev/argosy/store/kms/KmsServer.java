package dev.argosy.store.kms;

import com.google.protobuf.ByteString;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A KMS v2 plug-in over a Unix socket, with AES-GCM keys in memory as its service. Can rotate, be
 * ill, refuse, hang and restart. Any thread.
 */
public final class KmsServer implements AutoCloseable {

  private final KmsWire wire = new KmsWire();
  private final Path socket;
  private final KmsVault vault = new KmsVault();
  private final AtomicInteger encrypted = new AtomicInteger();
  private final AtomicInteger decrypted = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile String healthz = "ok";
  private volatile String version = "v2";
  private volatile Status.@Nullable Code refusal;
  private volatile @Nullable CountDownLatch hanging;
  private @Nullable Server server;
  private @Nullable EventLoopGroup loop;

  private KmsServer(Path socket) {
    this.socket = socket;
  }

  /** A plug-in with one key, in a folder of its own below another. */
  public static KmsServer start(Path folder) {
    String name = UUID.randomUUID().toString().substring(0, 8) + ".sock";
    return new KmsServer(folder.resolve(name)).start();
  }

  /** Listens, again if it was closed. */
  public KmsServer start() {
    loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      Files.deleteIfExists(socket);
      server =
          NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
              .channelType(NioServerDomainSocketChannel.class)
              .bossEventLoopGroup(loop)
              .workerEventLoopGroup(loop)
              .addService(service())
              .build()
              .start();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a line of a keyring file has it. */
  public String address() {
    return "unix://" + socket;
  }

  public void rotate() {
    vault.rotate();
  }

  /** A new key that is used before the plug-in tells of it. */
  public void rotateUntold() {
    vault.rotateUntold();
  }

  /** Takes all keys of before away, as a service that was told to disable them. */
  public void forget() {
    vault.forget();
  }

  /** What it says of itself. */
  public void says(String health) {
    healthz = health;
  }

  public void speaks(String protocol) {
    version = protocol;
  }

  /** Answers all but Status with a code; null to serve again. */
  public void refuse(Status.@Nullable Code code) {
    refusal = code;
  }

  /** Answers nothing from now on; false to answer again. */
  public void hang(boolean now) {
    CountDownLatch before = hanging;
    hanging = now ? new CountDownLatch(1) : null;
    if (before != null) {
      before.countDown();
    }
  }

  public int encrypted() {
    return encrypted.get();
  }

  public int decrypted() {
    return decrypted.get();
  }

  public int asked() {
    return asked.get();
  }

  private ServerServiceDefinition service() {
    return ServerServiceDefinition.builder("v2.KeyManagementService")
        .addMethod(method("Status"), unary(request -> status()))
        .addMethod(method("Encrypt"), unary(this::encrypt))
        .addMethod(method("Decrypt"), unary(this::decrypt))
        .build();
  }

  private interface Handler {
    byte[] answer(byte[] request);
  }

  private io.grpc.ServerCallHandler<byte[], byte[]> unary(Handler handler) {
    return ServerCalls.asyncUnaryCall((request, observer) -> {
      try {
        CountDownLatch stuck = hanging;
        if (stuck != null) {
          stuck.await(1, TimeUnit.MINUTES);
        }
        observer.onNext(handler.answer(request));
        observer.onCompleted();
      } catch (StatusRuntimeException e) {
        observer.onError(e);
      } catch (InterruptedException e) {
        observer.onError(Status.ABORTED.asRuntimeException());
      }
    });
  }

  private byte[] status() {
    asked.incrementAndGet();
    return wire.write(
        "StatusResponse", Map.of("version", version, "healthz", healthz, "key_id", vault.told()));
  }

  private byte[] encrypt(byte[] bytes) {
    encrypted.incrementAndGet();
    refuse();
    KmsWire.Message request = wire.read("EncryptRequest", bytes);
    if (request.text("uid").isEmpty()) {
      throw Status.INVALID_ARGUMENT.asRuntimeException();
    }
    String keyId = vault.current();
    byte[] ciphertext = vault.encrypt(keyId, request.bytes("plaintext"));
    return wire.write(
        "EncryptResponse",
        Map.of("ciphertext", ByteString.copyFrom(ciphertext), "key_id", keyId),
        Map.of("region.kms.example", new byte[] {0, (byte) 0xff, 1}));
  }

  private byte[] decrypt(byte[] bytes) {
    decrypted.incrementAndGet();
    refuse();
    KmsWire.Message request = wire.read("DecryptRequest", bytes);
    byte[] note = request.map("annotations").getOrDefault("region.kms.example", new byte[0]);
    if (note.length != 3 || note[1] != (byte) 0xff) {
      throw Status.INVALID_ARGUMENT.withDescription("no annotation").asRuntimeException();
    }
    byte[] plain = vault.decrypt(request.text("key_id"), request.bytes("ciphertext"));
    return wire.write("DecryptResponse", Map.of("plaintext", ByteString.copyFrom(plain)));
  }

  private void refuse() {
    Status.Code code = refusal;
    if (code != null) {
      throw code.toStatus().withDescription("account 1234 at 10.0.0.7").asRuntimeException();
    }
  }

  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.newBuilder(new Bytes(), new Bytes())
        .setFullMethodName("v2.KeyManagementService/" + name)
        .setType(MethodType.UNARY)
        .build();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
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

  /** As a killed process: connections end, the socket's file stays. Its keys are kept. */
  @Override
  public void close() {
    hang(false);
    if (server != null && loop != null) {
      server.shutdownNow();
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }
}
