package dev.argosy.agent.csi.driver;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.volume.mount.MountTable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Volumes as block devices: a file of each behind a loop device. */
record Blocks(Volumes volumes) {

  private Path image(String id) {
    return volumes.content(id).resolveSibling("image");
  }

  /** Whether it is one. */
  boolean is(String id) {
    return Files.exists(image(id));
  }

  /** Its device, which it gets if it has none. */
  Path device(String id, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image(id).toFile(), "rw")) {
      file.setLength(Math.max(bytes, file.length()));
    }
    List<String> present = devices(id);
    return Path.of(
        present.isEmpty()
            ? run("losetup", "-f", "--show", image(id).toString()).strip()
            : present.getFirst());
  }

  private List<String> devices(String id) throws IOException {
    return run("losetup", "-n", "-O", "NAME", "-j", image(id).toString())
        .lines()
        .map(String::strip)
        .toList();
  }

  /** Lets a device be seen at a place. */
  void show(Path device, Path target) throws IOException {
    if (MountTable.read().at(target).isEmpty()) {
      if (!Files.exists(target)) {
        Files.createFile(target);
      }
      run("mount", "--bind", device.toString(), target.toString());
    }
  }

  void grow(String id, long bytes) throws IOException {
    run("losetup", "-c", device(id, bytes).toString());
  }

  /** It is on this node no more. */
  void free(String id) throws IOException {
    if (is(id)) {
      for (String device : devices(id)) {
        run("losetup", "-d", device);
      }
    }
  }

  void freeAll() throws IOException {
    for (Volumes.Volume volume : volumes.all()) {
      free(volume.id());
    }
  }

  static String run(String... command) throws IOException {
    var outcome = Commands.run(List.of(command));
    if (outcome.code() != 0) {
      throw new IOException(outcome.output());
    }
    return outcome.output();
  }
}
