package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.FileModes;
import dev.argosy.agent.volume.mount.MountTable;
import dev.argosy.agent.volume.mount.Mounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Where files lie that must not reach a disk: one file system in memory for all pods of the node,
 * mounted while one has such files. Any thread may enter.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/configuration/secret/#information-security-for-secrets">Information
 *     security for Secrets</a>
 */
final class SecretMemory {

  private final Path root;
  private final Path pods;
  private final Mounter mounter;
  private final ReentrantLock lock = new ReentrantLock();

  SecretMemory(Path data, Mounter mounter) {
    this.root = data.toAbsolutePath().normalize().resolve("memory");
    this.pods = data.toAbsolutePath().normalize().resolve("pods");
    this.mounter = mounter;
  }

  /**
   * Lets a pod's volume lead to a folder in memory, which is empty after the machine began anew; a
   * volume that is a folder already, made by an agent of before, stays one.
   */
  Path folder(String uid, String volume, Path link) throws IOException {
    if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
      return link;
    }
    Path folder = root.resolve(uid).resolve(volume);
    lock.lock();
    try {
      if (MountTable.read().at(root).isEmpty()) {
        Files.createDirectories(root);
        mounter.memory(root, 0, "0700");
      }
      Files.createDirectories(folder);
    } finally {
      lock.unlock();
    }
    FileModes.permit(folder, 0755);
    if (!Files.isSymbolicLink(link)) {
      Files.createDirectories(link.getParent());
      Files.createSymbolicLink(link, folder);
    }
    return folder;
  }

  /** Removes what a pod had here. */
  void release(String uid) throws IOException {
    lock.lock();
    try {
      AtomicFolder.deleteTree(root.resolve(uid));
      unmountIfEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Removes what pods had here that have no folder any more. */
  void sweep() throws IOException {
    lock.lock();
    try {
      for (Path pod : list()) {
        if (!Files.exists(pods.resolve(pod.getFileName()))) {
          AtomicFolder.deleteTree(pod);
        }
      }
      unmountIfEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void unmountIfEmpty() throws IOException {
    if (list().isEmpty() && MountTable.read().at(root).isPresent()) {
      mounter.unmount(root);
    }
  }

  private List<Path> list() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(root)) {
      return all.toList();
    }
  }
}
