package dev.argosy.agent.volume;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.argosy.agent.pod.config.FileModes;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The group that all files of a pod's volumes belong to; links are given to it, never followed.
 *
 * @param gid −1 if the pod names none
 * @param onMismatch whether a volume whose root is right already is left alone
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#configure-volume-permission-and-ownership-change-policy-for-pods">fsGroup</a>
 */
record FsGroup(int gid, boolean onMismatch) {

  private static final int READ_WRITE = 0660;
  private static final int ENTER = 0110;
  private static final int SET_GROUP = 02000;

  static FsGroup of(JsonNode podSpec) {
    JsonNode context = podSpec.path("securityContext");
    return new FsGroup(
        context.path("fsGroup").asInt(-1),
        context.path("fsGroupChangePolicy").asString("").equals("OnRootMismatch"));
  }

  boolean set() {
    return gid >= 0;
  }

  /** Gives a whole volume to the group. */
  void give(Path root) throws IOException {
    if (!set() || (onMismatch && fits(root))) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes kind) throws IOException {
            give(file, kind);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }

          /** The root comes last: if this is cut short, it is done again. */
          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
              throws IOException {
            give(folder, Files.readAttributes(folder, BasicFileAttributes.class));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Containers may change files meanwhile: nothing here follows a link. */
  private void give(Path path, BasicFileAttributes kind) throws IOException {
    Files.setAttribute(path, "unix:gid", gid, NOFOLLOW_LINKS);
    if (kind.isRegularFile() || kind.isDirectory()) {
      int more = READ_WRITE | (kind.isDirectory() ? ENTER | SET_GROUP : 0);
      Files.setAttribute(path, "unix:mode", FileModes.of(path) | more, NOFOLLOW_LINKS);
    }
  }

  private boolean fits(Path root) throws IOException {
    int wanted = READ_WRITE | ENTER | SET_GROUP;
    return Integer.valueOf(gid).equals(Files.getAttribute(root, "unix:gid"))
        && (FileModes.of(root) & wanted) == wanted;
  }
}
