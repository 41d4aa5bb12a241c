package dev.argosy.agent.volume;

import dev.argosy.agent.runtime.spi.ImageStore;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What images hold, as folders of this node: one for each image, made when the first pod mounts it
 * and gone some time after the last. A folder has its name once it is whole. Any thread may enter;
 * one image at a time is unpacked.
 */
final class ImageFolders {

  private static final String BEGUN = ".new";

  private final Path folders;
  private final Path pods;
  private final ImageStore images;
  private final ReentrantLock lock = new ReentrantLock();

  ImageFolders(Path data, ImageStore images) {
    this.folders = data.toAbsolutePath().normalize().resolve("images");
    this.pods = data.toAbsolutePath().normalize().resolve("pods");
    this.images = images;
  }

  /** Lets a link lead to what an image holds. */
  void link(Image image, Path link) throws IOException, RuntimeFailure {
    Path folder = folders.resolve(image.id().replace(':', '-'));
    lock.lock();
    try {
      if (!Files.isDirectory(folder)) {
        unpack(image, folder);
      }
      if (!Files.isSymbolicLink(link)) {
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, folder);
      }
    } finally {
      lock.unlock();
    }
  }

  private void unpack(Image image, Path folder) throws IOException, RuntimeFailure {
    Path begun = folder.resolveSibling(folder.getFileName() + BEGUN);
    AtomicFolder.deleteTree(begun);
    Files.createDirectories(begun);
    try {
      images.unpack(image.id(), begun);
      Files.move(begun, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeFailure e) {
      AtomicFolder.deleteTree(begun); // it may be the disk that has no more room
      throw e;
    }
  }

  /** Removes the folders that no pod uses. */
  void sweep() throws IOException {
    lock.lock();
    try {
      Set<Path> used = used();
      for (Path folder : list(folders)) {
        if (!used.contains(folder)) {
          AtomicFolder.deleteTree(folder);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private Set<Path> used() throws IOException {
    Set<Path> used = new HashSet<>();
    for (Path pod : list(pods)) {
      for (Path volume : list(pod.resolve("volumes"))) {
        if (Files.isSymbolicLink(volume)) {
          used.add(Files.readSymbolicLink(volume));
        }
      }
    }
    return used;
  }

  private static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    }
  }
}
