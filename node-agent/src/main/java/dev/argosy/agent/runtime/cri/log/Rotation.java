package dev.argosy.agent.runtime.cri.log;

import dev.argosy.agent.runtime.log.LogFiles;
import dev.argosy.agent.runtime.spi.LogLimits;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotates one log as kubelet does: old files are compressed but for the newest, to which the
 * runtime may still write for a moment, and the oldest are removed. What is left behind by a crash
 * is cleared away the next time.
 */
record Rotation(LogFiles files, LogLimits limits) {

  private static final Logger LOG = LoggerFactory.getLogger(Rotation.class);
  private static final String UNFINISHED = ".tmp";

  /** Does nothing while the log is short. What could not be rotated is as it was. */
  void rotate(LogFolders.Reopen runtime) throws IOException, RuntimeFailure {
    Path present = files.present();
    if (!Files.exists(present) || Files.size(present) <= limits.bytes()) {
      return;
    }
    TreeSet<Integer> old = files.all();
    makeRoom(old);
    for (int one : old) {
      pack(one);
    }
    int next = old.isEmpty() ? 1 : old.last() + 1;
    Path rotated = files.rotated(next);
    Files.move(present, rotated, StandardCopyOption.ATOMIC_MOVE);
    try {
      runtime.reopen();
    } catch (RuntimeFailure e) {
      if (!Files.exists(present)) {
        Files.move(rotated, present);
      }
      throw e;
    }
  }

  /** Leaves room for the present file and the one that it becomes. */
  private void makeRoom(TreeSet<Integer> old) throws IOException {
    while (old.size() > limits.files() - 2) {
      int oldest = old.first();
      Files.deleteIfExists(files.rotated(oldest));
      Files.deleteIfExists(files.packed(oldest));
      Files.deleteIfExists(unfinished(oldest));
      old.remove(oldest);
    }
  }

  private void pack(int number) throws IOException {
    Path plain = files.rotated(number);
    Path packed = files.packed(number);
    if (Files.exists(plain) && !Files.exists(packed) && !pack(plain, unfinished(number), packed)) {
      return;
    }
    Files.deleteIfExists(plain);
  }

  /** False if there is no room: the log goes on all the same, and takes no more than it may. */
  private static boolean pack(Path plain, Path unfinished, Path packed) throws IOException {
    try (InputStream in = Files.newInputStream(plain);
        OutputStream out = new GZIPOutputStream(Files.newOutputStream(unfinished))) {
      in.transferTo(out);
    } catch (IOException noRoom) {
      LOG.debug("{} stays as it is: {}", plain, noRoom.toString());
      Files.deleteIfExists(unfinished);
      return false;
    }
    Files.move(unfinished, packed, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  private Path unfinished(int number) {
    Path packed = files.packed(number);
    return packed.resolveSibling(packed.getFileName() + UNFINISHED);
  }
}
