package dev.argosy.agent.runtime.fake;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.runtime.spi.ImageStore;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Images by name. A registry image becomes present when it is pulled. */
public final class FakeImages implements ImageStore {

  private final FakeRuntime runtime;
  private final Map<String, Image> present = new ConcurrentHashMap<>();
  private final Map<String, Image> registry = new ConcurrentHashMap<>();
  private final Map<String, String> keys = new ConcurrentHashMap<>();
  private final Map<String, byte[]> loaded = new ConcurrentHashMap<>();
  private final Map<String, Pulling> slow = new ConcurrentHashMap<>();
  private final AtomicInteger pulls = new AtomicInteger();

  FakeImages(FakeRuntime runtime) {
    this.runtime = runtime;
  }

  /** Makes an image present. */
  public void add(String name) {
    present.put(name, image(name));
  }

  /** Makes an image available to be pulled. */
  public void publish(String name) {
    registry.put(name, image(name));
  }

  /** Makes an image available to those alone who know its password. */
  public void publish(String name, String user, String password) {
    registry.put(name, image(name));
    keys.put(name, user + ":" + password);
  }

  /** What happens while an image is fetched. */
  public interface Pulling {
    void run() throws InterruptedException;
  }

  /** Makes an image available whose fetching takes as long as that. */
  public void publish(String name, Pulling meanwhile) {
    registry.put(name, image(name));
    slow.put(name, meanwhile);
  }

  /** How many pulls were tried. */
  public int pulls() {
    return pulls.get();
  }

  private static Image image(String name) {
    return new Image(
        "sha256:" + Integer.toHexString(name.hashCode()) + "0".repeat(56), List.of(name), 1000, "");
  }

  @Override
  public Optional<Image> find(String reference) throws RuntimeFailure {
    runtime.requireUp();
    Image named = present.get(reference);
    return named != null
        ? Optional.of(named)
        : present.values().stream().filter(i -> i.id().equals(reference)).findFirst();
  }

  /** What it was loaded with; of one that was not loaded, a file with its name. */
  @Override
  public void unpack(String id, Path folder) throws RuntimeFailure {
    Image image = find(id).orElseThrow(() -> new RuntimeFailure(Kind.NOT_FOUND, "no image " + id));
    byte[] tar = loaded.get(image.names().getFirst());
    if (tar != null) {
      Commands.run(
          List.of("tar", "-x", "-p", "-f", "-", "-C", folder.toString()),
          new ByteArrayInputStream(tar));
      return;
    }
    try {
      Files.writeString(folder.resolve("name"), image.names().getFirst());
    } catch (IOException e) {
      throw new RuntimeFailure(Kind.REFUSED, String.valueOf(e));
    }
  }

  @Override
  public Image pull(String reference, @Nullable Credentials credentials) throws RuntimeFailure {
    runtime.requireUp();
    pulls.incrementAndGet();
    try {
      slow.getOrDefault(reference, () -> {}).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Image image = registry.get(reference);
    if (image == null) {
      throw new RuntimeFailure(
          Kind.NOT_FOUND, "manifest for " + reference + " not found: manifest unknown");
    }
    String key = keys.get(reference);
    String shown = credentials == null ? "" : credentials.user() + ":" + credentials.password();
    if (key != null && !key.equals(shown)) {
      throw new RuntimeFailure(
          Kind.REFUSED, "pull access denied for " + reference + ": authentication required");
    }
    present.put(reference, image);
    return image;
  }

  @Override
  public List<Image> list() throws RuntimeFailure {
    runtime.requireUp();
    return List.copyOf(present.values());
  }

  @Override
  public Image load(String reference, InputStream rootTar) throws RuntimeFailure {
    runtime.requireUp();
    try {
      loaded.put(reference, rootTar.readAllBytes());
    } catch (IOException e) {
      throw new RuntimeFailure(Kind.REFUSED, "cannot read the image: " + e.getMessage());
    }
    add(reference);
    return image(reference);
  }

  @Override
  public void remove(String reference) throws RuntimeFailure {
    runtime.requireUp();
    present.remove(reference);
  }
}
