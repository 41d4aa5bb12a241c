package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.pause.PauseImage;
import dev.argosy.agent.runtime.spi.ImageStore;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runtime's images. */
final class CriImages implements ImageStore {

  private static final Duration PULL = Duration.ofHours(1);

  private final CriCalls calls;

  CriImages(CriCalls calls) {
    this.calls = calls;
  }

  /** ImageSpec in a request's first field. */
  private static MessageBuilder named(String reference) {
    return new MessageBuilder().message(1, new MessageBuilder().text(1, reference));
  }

  @Override
  public Optional<Image> find(String reference) throws RuntimeFailure {
    try {
      return calls
          .images("ImageStatus", named(reference), CriCalls.USUAL)
          .present(1)
          .map(CriImages::image);
    } catch (RuntimeFailure e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Credentials go without their registry's name: they were chosen for this image, and runtimes
   * differ in how they compare it.
   */
  @Override
  public Image pull(String reference, @Nullable Credentials credentials) throws RuntimeFailure {
    MessageBuilder request = named(reference);
    if (credentials != null) {
      request.message(
          2, new MessageBuilder().text(1, credentials.user()).text(2, credentials.password()));
    }
    String pulled = calls.images("PullImage", request, PULL).text(1);
    Optional<Image> image = find(reference);
    return image.isPresent() ? image.get() : required(pulled);
  }

  private Image required(String reference) throws RuntimeFailure {
    return find(reference)
        .orElseThrow(() ->
            new RuntimeFailure(
                Kind.REFUSED, "image " + reference + " is not there after its pull"));
  }

  @Override
  public List<Image> list() throws RuntimeFailure {
    return calls.images("ListImages", new MessageBuilder(), CriCalls.USUAL).messages(1).stream()
        .map(CriImages::image)
        .toList();
  }

  /** The interface has no such call; containerd's own has. */
  @Override
  public Image load(String reference, InputStream rootTar) throws RuntimeFailure {
    OciImage image;
    try {
      List<String> command = reference.equals(PauseImage.NAME) ? PauseImage.COMMAND : List.of();
      image = OciImage.of(rootTar.readAllBytes(), command);
    } catch (IOException e) {
      throw new RuntimeFailure(Kind.REFUSED, "cannot read image " + reference + ": " + e);
    }
    new ContainerdImages(calls).load(fullName(reference), image);
    return required(reference);
  }

  /**
   * As runtimes complete short names.
   *
   * @see <a href="https://pkg.go.dev/github.com/distribution/reference">reference</a>
   */
  static String fullName(String reference) {
    int slash = reference.indexOf('/');
    String first = slash < 0 ? "" : reference.substring(0, slash);
    boolean host = first.contains(".") || first.contains(":") || first.equals("localhost");
    String path = slash < 0 ? "docker.io/library/" : host ? "" : "docker.io/";
    boolean tagged =
        reference.contains("@") || reference.lastIndexOf(':') > reference.lastIndexOf('/');
    return path + reference + (tagged ? "" : ":latest");
  }

  @Override
  public void unpack(String id, Path folder) throws RuntimeFailure {
    new ContainerdUnpacking(calls, folder).unpack(id);
  }

  @Override
  public void remove(String reference) throws RuntimeFailure {
    try {
      calls.images("RemoveImage", named(reference), CriCalls.USUAL);
    } catch (RuntimeFailure e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
    }
  }

  private static Image image(Message image) {
    List<String> names = new ArrayList<>(image.texts(2));
    names.addAll(image.texts(3));
    String user =
        image.present(5).map(uid -> Long.toString(uid.number(1))).orElseGet(() -> image.text(6));
    return new Image(image.text(1), names, image.number(4), user);
  }
}
