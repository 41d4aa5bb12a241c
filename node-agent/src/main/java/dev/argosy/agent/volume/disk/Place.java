package dev.argosy.agent.volume.disk;

import dev.argosy.agent.pod.config.FileModes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where one volume lies: on a disk of its own if the machine can make one, else in a folder whose
 * size nothing limits. Folders of agents that made no disks stay folders.
 */
final class Place {

  static final String OLDER = "it is older than disks here";

  private final Path folder;
  private final Path files;
  private final Path ofBefore;
  private final Disk disk;
  private final RawDisk raw;
  private final Host host;

  Place(Path data, VolumeId id, Host host) {
    this.folder = id.in(root(data));
    this.files = folder.resolve("files");
    this.ofBefore = id.in(data.resolve("volumes"));
    this.disk = new Disk(folder, host);
    this.raw = new RawDisk(folder, host);
    this.host = host;
  }

  /** The folder of all places. */
  static Path root(Path data) {
    return data.resolve("disks");
  }

  Path folder() {
    return folder;
  }

  Disk disk() {
    return disk;
  }

  RawDisk raw() {
    return raw;
  }

  /** Whether the agent died before it had made anything of it. */
  boolean unborn() {
    return !disk.exists()
        && !raw.exists()
        && !Files.exists(content())
        && Note.read(folder).isEmpty();
  }

  /** Makes it ready; answers why its size is not kept, or an empty text. */
  String open(long bytes, boolean deletes) throws IOException {
    boolean plain = Files.exists(files) || Files.exists(ofBefore);
    String lacking = disk.exists() ? "" : plain ? OLDER : host.lacking();
    note(deletes);
    if (lacking.isEmpty()) {
      disk.mount(bytes);
    } else if (!Files.exists(content())) {
      Files.createDirectories(content());
      FileModes.permit(content(), 0777);
    }
    return lacking;
  }

  private void note(boolean deletes) throws IOException {
    host.makeFolder(folder);
    Note note = new Note(deletes, null);
    if (Note.read(folder).filter(note::equals).isEmpty()) {
      host.write(Note.in(folder), note.bytes());
    }
  }

  /** Makes it ready as a block device. */
  void attach(long bytes, boolean deletes) throws IOException {
    if (!host.loops()) {
      throw new IOException(
          "this node has no loop devices, of which volumes with volumeMode Block are made");
    }
    note(deletes);
    raw.attach(bytes);
  }

  /** Hides what pods see of it. */
  void close() throws IOException {
    disk.unmount();
    raw.detach();
  }

  /** What pods see. */
  Path content() {
    return raw.exists()
        ? raw.target()
        : disk.exists() ? disk.target() : Files.exists(ofBefore) ? ofBefore : files;
  }

  /** Whether a link leads here. */
  boolean holds(Path link) {
    Path normal = link.normalize();
    return normal.startsWith(folder) || normal.startsWith(ofBefore);
  }

  /** Frees what it holds; the note goes last, so that this is finished after a crash. */
  void delete() throws IOException {
    close();
    host.delete(folder.resolve("raw"));
    host.delete(ofBefore);
    host.delete(files);
    host.delete(folder.resolve("disk.new"));
    host.delete(folder.resolve("disk"));
    host.delete(folder.resolve("mount"));
    host.delete(folder);
  }
}
