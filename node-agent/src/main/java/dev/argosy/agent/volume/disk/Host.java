package dev.argosy.agent.volume.disk;

import dev.argosy.agent.volume.mount.MountTable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What volumes need of the machine. Each call is one step: the agent may die before or after it.
 */
interface Host {

  /** Why disks of a fixed size cannot be made here; empty if they can. */
  String lacking();

  /** Whether files can become block devices here. */
  boolean loops();

  MountTable mounts() throws IOException;

  /** Makes a folder that only root enters, and those around it. */
  void makeFolder(Path folder) throws IOException;

  /** Writes a small file, whole or not at all. */
  void write(Path file, byte[] content) throws IOException;

  /** Gives a file this length; no room on the disk is taken before something is written there. */
  void stretch(Path file, long bytes) throws IOException;

  /** Makes a file system in a file. */
  void format(Path file) throws IOException;

  /** The bytes that the file system in a file spans. */
  long formatted(Path file) throws IOException;

  void mount(Path file, Path target) throws IOException;

  void unmount(Path target) throws IOException;

  /** Makes the folder of a new volume such that any user of a pod may write into it. */
  void open(Path root) throws IOException;

  void rename(Path file, Path other) throws IOException;

  /**
   * Whether a loop device has the file: namespaces that copied the machine's mounts, as engines
   * make them for containers, have what was mounted for a moment longer.
   */
  boolean attached(Path file) throws IOException;

  /** Lets a file system that is not mounted span its file. */
  void grow(Path file) throws IOException;

  /** The same while it is mounted; whether this machine can do that. */
  boolean growMounted(Path file) throws IOException;

  /** The loop device of a file, which it gets if it has none. */
  Path loop(Path file) throws IOException;

  /** Lets a device be seen at a second place, where a file is. */
  void show(Path device, Path target) throws IOException;

  /** Lets the loop device of a file span it. */
  void widen(Path file) throws IOException;

  /** Takes its loop devices from a file. */
  void unloop(Path file) throws IOException;

  /** Removes a file, or a folder and all in it; gone is fine. */
  void delete(Path path) throws IOException;
}
