package dev.argosy.agent.volume.mount;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A block device, as its file and the kernel tell of it.
 *
 * @param file that is the device, wherever it is
 * @param number by which the kernel knows it, as {@code 7:3}
 * @see <a href="https://docs.kernel.org/admin-guide/sysfs-rules.html">/sys</a>
 */
public record BlockDevice(Path file, String number) {

  private static final Path KERNEL = Path.of("/sys/dev/block");
  private static final int TYPE = 0170000;
  private static final int BLOCK = 0060000;
  private static final long SECTOR = 512;

  /** Empty if there is nothing, or something else. Links are followed. */
  public static Optional<BlockDevice> at(Path file) throws IOException {
    try {
      int mode = (Integer) Files.getAttribute(file, "unix:mode");
      return (mode & TYPE) == BLOCK
          ? Optional.of(new BlockDevice(file, number((Long) Files.getAttribute(file, "unix:rdev"))))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** As glibc takes it apart. */
  static String number(long device) {
    long major = ((device >>> 8) & 0xfff) | ((device >>> 32) & 0xfffff000L);
    long minor = (device & 0xff) | ((device >>> 12) & 0xffffff00L);
    return major + ":" + minor;
  }

  /** How large it is; 0 if nothing is behind it. */
  public long bytes() throws IOException {
    String sectors = said("size");
    return sectors.isEmpty() ? 0 : Long.parseLong(sectors) * SECTOR;
  }

  /** Whether it is a loop device of a file. */
  public boolean shows(Path backing) throws IOException {
    return said("loop/backing_file").equals(backing.toRealPath().toString());
  }

  private String said(String name) throws IOException {
    try {
      Path told = KERNEL.resolve(number).resolve(name);
      return new String(Files.readAllBytes(told), StandardCharsets.UTF_8).strip();
    } catch (NoSuchFileException e) {
      return "";
    }
  }
}
