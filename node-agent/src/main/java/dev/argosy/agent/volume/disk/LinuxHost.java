package dev.argosy.agent.volume.disk;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.command.Commands.Outcome;
import dev.argosy.agent.pod.config.FileModes;
import dev.argosy.agent.volume.mount.MountTable;
import dev.argosy.agent.volume.mount.Mounter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Linux machine with ext4 and loop devices. */
final class LinuxHost implements Host {

  private static final Logger LOG = LoggerFactory.getLogger(LinuxHost.class);
  private static final Path LOOPS = Path.of("/dev/loop-control");
  private static final int CORRECTED = 1;
  private static final long LARGE = 2L << 30;

  private final Mounter mounter = new Mounter();

  @Override
  public String lacking() {
    if (!loops()) {
      return "it has no loop devices";
    }
    return Commands.run(List.of("mkfs.ext4", "-V")).ok()
        ? ""
        : "mkfs.ext4 is not installed (package e2fsprogs)";
  }

  @Override
  public boolean loops() {
    return Files.isWritable(LOOPS);
  }

  @Override
  public MountTable mounts() throws IOException {
    return MountTable.read();
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileModes.permit(folder, 0700);
  }

  @Override
  public void write(Path file, byte[] content) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.write(next, content);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void stretch(Path file, long bytes) throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
      opened.setLength(bytes);
    }
    FileModes.permit(file, 0600);
  }

  /** The journal is all that takes room at once: ext4 would give it up to a gigabyte. */
  @Override
  public void format(Path file) throws IOException {
    List<String> command = new ArrayList<>(List.of("mkfs.ext4", "-q", "-F", "-m", "0"));
    if (Files.size(file) >= LARGE) {
      command.addAll(List.of("-J", "size=64"));
    }
    command.add(file.toString());
    run(command);
  }

  @Override
  public long formatted(Path file) throws IOException {
    return Ext4Size.of(file);
  }

  @Override
  public void mount(Path file, Path target) throws IOException {
    mounter.file(file, target);
  }

  @Override
  public void unmount(Path target) throws IOException {
    mounter.unmount(target);
  }

  /** Databases take an empty folder only, so the one for lost files goes; a check remakes it. */
  @Override
  public void open(Path root) throws IOException {
    Files.deleteIfExists(root.resolve("lost+found"));
    FileModes.permit(root, 0777);
  }

  @Override
  public void rename(Path file, Path other) throws IOException {
    Files.move(file, other, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public boolean attached(Path file) {
    Outcome found = loops(file);
    return !found.ok() || !found.output().isEmpty();
  }

  private static Outcome loops(Path file) {
    return Commands.run(List.of("losetup", "-n", "-O", "NAME", "-j", file.toString()));
  }

  @Override
  public void grow(Path file) throws IOException {
    Outcome checked = Commands.run(List.of("e2fsck", "-f", "-p", file.toString()));
    if (checked.code() > CORRECTED) {
      throw new IOException(checked.output());
    }
    run(List.of("resize2fs", file.toString()));
  }

  @Override
  public boolean growMounted(Path file) throws IOException {
    String device = device(file);
    run(List.of("losetup", "-c", device));
    Outcome grown = Commands.run(List.of("resize2fs", device));
    if (!grown.ok()) {
      String why = grown.output().replace('\n', ' ');
      LOG.info("{} grows when it is mounted next: {}", file, why);
    }
    return grown.ok();
  }

  private static String device(Path file) throws IOException {
    return devices(file).stream()
        .findFirst()
        .orElseThrow(() -> new IOException("no loop device of " + file));
  }

  private static List<String> devices(Path file) throws IOException {
    Outcome found = loops(file);
    if (!found.ok()) {
      throw new IOException(found.output());
    }
    return found.output().lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  @Override
  public Path loop(Path file) throws IOException {
    List<String> present = devices(file);
    if (!present.isEmpty()) {
      return Path.of(present.getFirst());
    }
    Outcome made = Commands.run(List.of("losetup", "-f", "--show", file.toString()));
    if (!made.ok()) {
      throw new IOException(made.output());
    }
    return Path.of(made.output().strip());
  }

  @Override
  public void show(Path device, Path target) throws IOException {
    mounter.again(device, target);
  }

  @Override
  public void widen(Path file) throws IOException {
    run(List.of("losetup", "-c", device(file)));
  }

  @Override
  public void unloop(Path file) throws IOException {
    for (String device : devices(file)) {
      run(List.of("losetup", "-d", device));
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(path)) {
      List<Path> bottomUp = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path one : bottomUp) {
        Files.deleteIfExists(one);
      }
    }
  }

  private static void run(List<String> command) throws IOException {
    Outcome outcome = Commands.run(command);
    if (!outcome.ok()) {
      throw new IOException(outcome.output());
    }
  }
}
