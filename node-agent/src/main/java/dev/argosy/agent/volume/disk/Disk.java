package dev.argosy.agent.volume.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A volume of a fixed size: an ext4 file system in a file, mounted beside it. It bears its final
 * name only once it is whole; a file of the other name is begun anew.
 */
final class Disk {

  private static final long SMALLEST = 4L << 20;
  private static final long BLOCK = 64L << 10;

  private final Path file;
  private final Path begun;
  private final Path target;
  private final Host host;

  Disk(Path folder, Host host) {
    this.file = folder.resolve("disk");
    this.begun = folder.resolve("disk.new");
    this.target = folder.resolve("mount");
    this.host = host;
  }

  boolean exists() {
    return Files.exists(file) || Files.exists(begun);
  }

  /** Where its content is seen while it is mounted. */
  Path target() {
    return target;
  }

  boolean mounted() throws IOException {
    return host.mounts().at(target).isPresent();
  }

  /** Makes it if it is not there, and mounts it; one that is smaller grows first. */
  void mount(long bytes) throws IOException {
    if (!Files.exists(file)) {
      make(Math.max(bytes, SMALLEST));
    } else if (!mounted()) {
      growUnmounted(bytes);
      host.makeFolder(target);
      host.mount(file, target);
    }
  }

  /** What is attached still is mounted once more as it is: two writers would destroy it. */
  private void growUnmounted(long bytes) throws IOException {
    if (!smallerThan(bytes) || host.attached(file)) {
      return;
    }
    if (Files.size(file) < bytes) {
      host.stretch(file, bytes);
    }
    host.grow(file);
  }

  private void make(long bytes) throws IOException {
    unmount();
    host.delete(begun);
    host.stretch(begun, bytes);
    host.format(begun);
    host.makeFolder(target);
    host.mount(begun, target);
    host.open(target);
    host.rename(begun, file);
  }

  /** How large it is, mounted or not; what is asked for beyond comes with the next mount. */
  long size() throws IOException {
    return host.formatted(file);
  }

  /** Whether it is not as large as wanted. */
  boolean smallerThan(long bytes) throws IOException {
    return Files.size(file) < bytes || host.formatted(file) + BLOCK <= bytes;
  }

  /** Lets it grow while it is mounted; whether that could be done. */
  boolean grow(long bytes) throws IOException {
    if (Files.size(file) < bytes) {
      host.stretch(file, bytes);
    }
    return host.growMounted(file);
  }

  void unmount() throws IOException {
    while (mounted()) {
      host.unmount(target);
    }
  }
}
