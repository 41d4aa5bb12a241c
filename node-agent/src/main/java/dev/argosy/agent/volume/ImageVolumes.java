package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The images that one pod mounts. Each is fetched when the first container is made that mounts it,
 * so that one which nobody mounts may be missing; the pod keeps what it once got.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/storage/volumes/#image">Image volumes</a>
 */
public final class ImageVolumes {

  private final ImageFolders folders;
  private final PodView pod;
  private final PodFolder folder;

  ImageVolumes(ImageFolders folders, PodView pod, PodFolder folder) {
    this.folders = folders;
    this.pod = pod;
    this.folder = folder;
  }

  /**
   * Makes those ready that a container mounts.
   *
   * @throws ConfigFailure if what an image holds cannot be had from the engine, or be kept, or
   *     lacks the part that is asked for
   */
  public <X extends Exception> void prepare(ContainerView container, PodImages<X> images)
      throws X, ConfigFailure, RuntimeFailure {
    for (JsonNode mount : container.tree().path("volumeMounts")) {
      String name = mount.path("name").asString("");
      Wanted.@Nullable OfImage wanted = wanted(name);
      if (wanted == null) {
        continue;
      }
      Path link = folder.volume(name);
      if (!Files.isDirectory(link)) {
        link(name, images.of(wanted.reference(), wanted.pullPolicy()), link);
      }
      checkPart(name, link, mount.path("subPath").asString(""));
    }
  }

  private Wanted.@Nullable OfImage wanted(String name) {
    for (JsonNode volume : pod.spec().path("volumes")) {
      if (volume.path("name").asString("").equals(name)
          && Wanted.of(pod.key().name(), volume) instanceof Wanted.OfImage image) {
        return image;
      }
    }
    return null;
  }

  private void link(String name, Image image, Path link) throws ConfigFailure, RuntimeFailure {
    try {
      Files.deleteIfExists(link); // it may lead to what somebody took away
      folders.link(image, link);
    } catch (RuntimeFailure e) {
      if (e.kind() == Kind.UNAVAILABLE) {
        throw e;
      }
      throw notMounted(name, e);
    } catch (IOException e) {
      throw notMounted(name, e);
    }
  }

  private static void checkPart(String name, Path link, String subPath) throws ConfigFailure {
    try {
      SubPath.ofImage(Files.readSymbolicLink(link), subPath);
    } catch (IOException | ConfigFailure e) {
      throw notMounted(name, e);
    }
  }

  private static ConfigFailure notMounted(String name, Exception why) {
    return new ConfigFailure("failed to mount image volume \"" + name + "\": " + why.getMessage());
  }
}
