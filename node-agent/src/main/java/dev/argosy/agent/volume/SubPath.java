package dev.argosy.agent.volume;

import dev.argosy.agent.pod.config.ConfigFailure;
import dev.argosy.agent.pod.config.FileModes;
import dev.argosy.agent.volume.mount.MountTable;
import dev.argosy.agent.volume.mount.MountTable.Entry;
import dev.argosy.agent.volume.mount.Mounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a volume. Containers that write into the volume may exchange a folder for a link at any
 * moment, so a look at the path proves nothing: the part is mounted at a place that they cannot
 * reach, and then the kernel is asked what was mounted. If that lies outside the volume, it is
 * unmounted again.
 */
final class SubPath {

  private final Mounter mounter;

  SubPath(Mounter mounter) {
    this.mounter = mounter;
  }

  /**
   * A part of a volume that no container writes into.
   *
   * @param otherwise becomes an empty folder that stands for a part that is not there, as kubelet
   *     has it: a key may be optional
   */
  static Path ofFixed(Path volume, String subPath, Path otherwise)
      throws ConfigFailure, IOException {
    Path wanted = wanted(volume, subPath);
    return Files.exists(wanted)
        ? inside(volume, wanted, subPath)
        : Files.createDirectories(otherwise);
  }

  /** A part of what an image holds; nothing stands for one that is not there. */
  static Path ofImage(Path image, String subPath) throws ConfigFailure, IOException {
    Path wanted = wanted(image, subPath);
    if (!Files.exists(wanted)) {
      throw new ConfigFailure("the image has no \"" + subPath + "\"");
    }
    return inside(image, wanted, subPath);
  }

  /**
   * Mounts a part of a volume, made if it is not there, with the permissions of the volume.
   *
   * @param target where to mount it; what was mounted there before is unmounted
   */
  Path mount(Path volume, String subPath, Path target) throws ConfigFailure, IOException {
    Path wanted = wanted(volume, subPath);
    make(volume, wanted, subPath);
    Path real = inside(volume, wanted, subPath);
    mounter.unmountBelow(target);
    prepare(target, Files.isDirectory(real));
    mounter.again(real, target);
    MountTable table = MountTable.read();
    Path whole = volume.toRealPath();
    if (table.at(target).filter(found -> within(table, whole, found)).isEmpty()) {
      mounter.unmountBelow(target);
      throw leadsOut(subPath);
    }
    return target;
  }

  private static Path wanted(Path volume, String subPath) throws ConfigFailure {
    Path wanted = volume.resolve(subPath).normalize();
    if (subPath.startsWith("/") || !wanted.startsWith(volume)) {
      throw leadsOut(subPath);
    }
    return wanted;
  }

  private static void make(Path volume, Path wanted, String subPath)
      throws IOException, ConfigFailure {
    if (Files.exists(wanted)) {
      return;
    }
    int mode = FileModes.of(volume);
    Path folder = volume;
    for (Path part : volume.relativize(wanted)) {
      Path around = folder;
      folder = folder.resolve(part);
      if (!Files.exists(folder)) {
        inside(volume, around, subPath);
        if (Files.isSymbolicLink(folder)) {
          throw new ConfigFailure(
              "subPath \"" + subPath + "\" goes over a link that leads nowhere");
        }
        Files.createDirectory(folder);
        FileModes.permit(folder, mode);
      }
    }
  }

  private static Path inside(Path volume, Path path, String subPath)
      throws IOException, ConfigFailure {
    Path real = path.toRealPath();
    if (!real.startsWith(volume.toRealPath())) {
      throw leadsOut(subPath);
    }
    return real;
  }

  private static void prepare(Path target, boolean folder) throws IOException {
    if (Files.exists(target) && Files.isDirectory(target) != folder) {
      Files.delete(target);
    }
    if (folder) {
      Files.createDirectories(target);
    } else if (!Files.exists(target)) {
      Files.createDirectories(target.getParent());
      Files.createFile(target);
    }
  }

  /** Whether what was mounted is a part of the volume, or of what is mounted in it. */
  private static boolean within(MountTable table, Path volume, Entry found) {
    List<Entry> parts = new ArrayList<>(table.below(volume));
    table
        .around(volume)
        .filter(around -> !around.target().equals(volume))
        .ifPresent(around -> parts.add(part(around, volume)));
    return parts.stream()
        .anyMatch(
            part -> part.device().equals(found.device()) && found.root().startsWith(part.root()));
  }

  /** A folder below a mount, as if it were mounted itself. */
  private static Entry part(Entry around, Path folder) {
    Path root = around.root().resolve(around.target().relativize(folder)).normalize();
    return new Entry(around.device(), root, folder, around.type());
  }

  private static ConfigFailure leadsOut(String subPath) {
    return new ConfigFailure("subPath \"" + subPath + "\" leads out of its volume");
  }
}
