package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.grpc.GrpcConversation;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Puts an image into containerd through its own interface, which listens on the same socket. A
 * lease keeps what has no name yet from being cleared away.
 *
 * @see <a href="https://github.com/containerd/containerd/tree/main/api">containerd's interface</a>
 */
final class ContainerdImages {

  private static final String SERVICES = "containerd.services.";
  private static final int PIECE = 1 << 20;
  private static final int WRITE = 1;
  private static final int COMMIT = 2;
  private static final int LOOKS = 100;

  private final CriCalls calls;
  private final String lease = "argosy-" + UUID.randomUUID();

  /** CRI's things have a namespace of their own. */
  private final Map<String, String> headers =
      Map.of("containerd-namespace", "k8s.io", "containerd-lease", lease);

  ContainerdImages(CriCalls calls) {
    this.calls = calls;
  }

  /**
   * Returns when CRI shows it, too.
   *
   * @param name in full
   */
  void load(String name, OciImage image) throws RuntimeFailure {
    try {
      call("leases.v1.Leases/Create", new MessageBuilder().text(1, lease));
    } catch (RuntimeFailure e) {
      throw new RuntimeFailure(
          e.kind(),
          "cannot load image "
              + name
              + " ("
              + e.getMessage()
              + "); only containerd can be given images by the agent, others need a registry");
    }
    try {
      write(image.layer(), Map.of());
      write(image.config(), Map.of());
      Map<String, String> references = new LinkedHashMap<>();
      references.put("containerd.io/gc.ref.content.config", image.config().digest());
      references.put("containerd.io/gc.ref.content.l.0", image.layer().digest());
      write(image.manifest(), references);
      name(name, image.manifest());
      awaitShown(name);
    } finally {
      call("leases.v1.Leases/Delete", new MessageBuilder().text(1, lease));
    }
  }

  private void call(String method, MessageBuilder request) throws RuntimeFailure {
    calls.call(SERVICES + method, request, CriCalls.USUAL, headers);
  }

  private void write(OciImage.Blob blob, Map<String, String> labels) throws RuntimeFailure {
    try (GrpcConversation writing = calls.open(SERVICES + "content.v1.Content/Write", headers)) {
      int at = 0;
      while (at < blob.bytes().length) {
        int to = Math.min(at + PIECE, blob.bytes().length);
        writing.send(step(WRITE, blob, at).bytes(6, Arrays.copyOfRange(blob.bytes(), at, to)));
        writing.next();
        at = to;
      }
      writing.send(step(COMMIT, blob, at).map(7, labels));
      writing.next();
    } catch (GrpcFailure e) {
      if (e.code() != GrpcFailure.Code.ALREADY_EXISTS) {
        throw CriCalls.failure(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RuntimeFailure(Kind.REFUSED, "loading an image was interrupted");
    }
  }

  /** WriteContentRequest. */
  private MessageBuilder step(int action, OciImage.Blob blob, int offset) {
    return new MessageBuilder()
        .number(1, action)
        .text(2, lease + "-" + blob.digest())
        .number(3, blob.bytes().length)
        .text(4, blob.digest())
        .number(5, offset);
  }

  private void name(String name, OciImage.Blob manifest) throws RuntimeFailure {
    MessageBuilder target =
        new MessageBuilder()
            .text(1, manifest.type())
            .text(2, manifest.digest())
            .number(3, manifest.bytes().length);
    MessageBuilder request =
        new MessageBuilder().message(1, new MessageBuilder().text(1, name).message(3, target));
    try {
      call("images.v1.Images/Create", request);
    } catch (RuntimeFailure e) {
      if (e.kind() != Kind.CONFLICT) {
        throw e;
      }
      call("images.v1.Images/Update", request);
    }
  }

  /** containerd's CRI part hears of images a moment later. */
  private void awaitShown(String name) throws RuntimeFailure {
    CriImages images = new CriImages(calls);
    try {
      for (int i = 0; i < LOOKS && images.find(name).isEmpty(); i++) {
        boolean never = new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
        if (never) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
