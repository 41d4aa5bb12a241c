package dev.argosy.agent.runtime.spi;

import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The engine's images, shared by everyone on the machine. */
public interface ImageStore {

  /** The image of a reference ({@code name:tag}, {@code name@sha256:…}) or id, if present. */
  Optional<Image> find(String reference) throws RuntimeFailure;

  /** Fetches an image from its registry; returns when it is complete. */
  Image pull(String reference, @Nullable Credentials credentials) throws RuntimeFailure;

  List<Image> list() throws RuntimeFailure;

  /** Makes an image of one layer, given as an uncompressed tar of its root folder. */
  Image load(String reference, InputStream rootTar) throws RuntimeFailure;

  /**
   * Writes what an image holds into an empty folder, as its containers would see it.
   *
   * @param id of an image that is present
   */
  default void unpack(String id, Path folder) throws RuntimeFailure {
    throw new RuntimeFailure(Kind.REFUSED, "this runtime cannot mount images as volumes");
  }

  /** Removes an image that no container uses. Gone is fine. */
  void remove(String reference) throws RuntimeFailure;

  /** For one registry. Never logged. */
  record Credentials(String user, String password, String registry) {
    @Override
    public String toString() {
      return "Credentials[" + registry + "]";
    }
  }

  /**
   * A present image.
   *
   * @param id {@code sha256:…}
   * @param names tags and repository digests
   * @param user the user that its configuration names; may be empty
   */
  record Image(String id, List<String> names, long bytes, String user) {
    public Image {
      names = List.copyOf(names);
    }

    /** What {@code containerStatuses[].imageID} shows: the repository digest, or else the id. */
    public String displayId() {
      return names.stream().filter(n -> n.contains("@sha256:")).findFirst().orElse(id);
    }
  }
}
