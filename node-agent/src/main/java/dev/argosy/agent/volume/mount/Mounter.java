package dev.argosy.agent.volume.mount;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.command.Commands.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Mounts and unmounts by the machine's own programs, which say why something did not work. What
 * waits for another machine that does not answer is ended after two minutes.
 */
public class Mounter {

  private static final int NO_SUCH_PROGRAM = 127;
  private static final int KILLED = 137;
  private static final List<String> PATIENCE = List.of("timeout", "-s", "KILL", "120");

  /** A file system in memory; the mode is octal, a size of 0 leaves the kernel's. */
  public void memory(Path target, long bytes, String mode) throws IOException {
    String options = "mode=" + mode + (bytes > 0 ? ",size=" + bytes : "");
    run(List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", target.toString()));
  }

  /**
   * A file system of huge pages.
   *
   * @param page bytes of a page
   * @param bytes at most; 0 for no limit of its own
   */
  public void hugePages(Path target, long page, long bytes) throws IOException {
    String options = "pagesize=" + page + (bytes > 0 ? ",size=" + bytes : "");
    run(List.of("mount", "-t", "hugetlbfs", "-o", options, "hugetlbfs", target.toString()));
  }

  /** The file system in a file; its loop device goes when it is unmounted. */
  public void file(Path file, Path target) throws IOException {
    run(
        List.of(
            "mount", "-t", "ext4", "-o", "loop,discard,nodev", file.toString(), target.toString()));
  }

  /** A folder or file, seen at a second place. */
  public void again(Path source, Path target) throws IOException {
    run(List.of("mount", "--bind", source.toString(), target.toString()));
  }

  /** A file system of another machine. */
  public void nfs(String source, Path target, List<String> options) throws IOException {
    if (Stream.of("/sbin", "/usr/sbin").noneMatch(at -> Files.exists(Path.of(at, "mount.nfs")))) {
      throw new IOException(
          "this node cannot mount NFS: mount.nfs is not installed (package nfs-common)");
    }
    List<String> command = new ArrayList<>(PATIENCE);
    command.addAll(List.of("mount", "-t", "nfs"));
    if (!options.isEmpty()) {
      command.add("-o");
      command.add(String.join(",", options));
    }
    command.addAll(List.of("--", source, target.toString()));
    run(command);
  }

  /** Unmounts what one sees at a path; fails while it is used. */
  public void unmount(Path target) throws IOException {
    List<String> command = new ArrayList<>(PATIENCE);
    command.addAll(List.of("umount", target.toString()));
    run(command);
  }

  /** Unmounts all that is mounted at or below a folder. */
  public void unmountBelow(Path folder) throws IOException {
    for (MountTable.Entry entry : MountTable.read().below(folder)) {
      unmount(entry.target());
    }
  }

  private static void run(List<String> command) throws IOException {
    Outcome outcome = Commands.run(command);
    switch (outcome.code()) {
      case 0 -> {}
      case NO_SUCH_PROGRAM ->
          throw new IOException(command.getFirst() + " is not installed on this node");
      case KILLED -> throw new IOException(command.getLast() + ": no answer in two minutes");
      default -> throw new IOException(outcome.output());
    }
  }
}
