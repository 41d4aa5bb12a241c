package dev.argosy.agent.volume.disk;

import dev.argosy.agent.volume.mount.BlockDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A volume that is a block device of a fixed size: a file behind a loop device, which is seen
 * beside the file while pods use it. It begins empty: what was never written reads as zeros.
 */
final class RawDisk {

  private static final long SECTOR = 4096;

  private final Path file;
  private final Path target;
  private final Host host;

  RawDisk(Path folder, Host host) {
    this.file = folder.resolve("raw");
    this.target = folder.resolve("device");
    this.host = host;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Where the device is seen while pods use it. */
  Path target() {
    return target;
  }

  /** Makes it if it is not there, lets it grow, and shows its device. */
  void attach(long bytes) throws IOException {
    long whole = (Math.max(bytes, 1) + SECTOR - 1) / SECTOR * SECTOR;
    if (!exists() || Files.size(file) < whole) {
      host.stretch(file, whole);
    }
    Optional<BlockDevice> device = shown();
    if (device.isEmpty()) {
      unmount();
      if (!Files.exists(target)) {
        host.write(target, new byte[0]);
      }
      host.show(host.loop(file), target);
    } else if (device.get().bytes() < Files.size(file)) {
      host.widen(file);
    }
  }

  /** A number of a loop device may have come to another file since: then it is not shown. */
  private Optional<BlockDevice> shown() throws IOException {
    Optional<BlockDevice> device = mounted() ? BlockDevice.at(target) : Optional.empty();
    return device.isPresent() && device.get().shows(file) ? device : Optional.empty();
  }

  /** Whether the device is seen, and is that of its file. */
  boolean attached() throws IOException {
    return exists() && shown().isPresent();
  }

  private boolean mounted() throws IOException {
    return host.mounts().at(target).isPresent();
  }

  private void unmount() throws IOException {
    while (mounted()) {
      host.unmount(target);
    }
  }

  /** Hides the device and frees it. Its place goes last, so that this is finished after a crash. */
  void detach() throws IOException {
    if (Files.exists(target)) {
      unmount();
      host.unloop(file);
      host.delete(target);
    }
  }
}
