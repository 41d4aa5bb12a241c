package dev.argosy.agent.runtime.pause;

import dev.argosy.agent.runtime.spi.ImageStore;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.agent.runtime.tar.TarFile;
import java.io.ByteArrayInputStream;
import java.util.List;

/** Sees to it that the engine has the sandbox image. */
public final class PauseImage {

  /** Its name on every node. */
  public static final String NAME = "argosy/pause:1";

  /** What a sandbox runs in it. */
  public static final List<String> COMMAND = List.of("/pause");

  private PauseImage() {}

  /**
   * Makes the image unless it is there.
   *
   * @param architecture the JVM's {@code os.arch}
   */
  public static void ensure(ImageStore images, String architecture) throws RuntimeFailure {
    if (images.find(NAME).isPresent()) {
      return;
    }
    if (!architecture.equals("amd64")) {
      throw new RuntimeFailure(
          Kind.REFUSED,
          "no built-in pause program for "
              + architecture
              + ": load an image "
              + NAME
              + " with an executable /pause into the container engine");
    }
    byte[] tar = new TarFile().file("pause", 0755, PauseProgram.elf64()).bytes();
    images.load(NAME, new ByteArrayInputStream(tar));
  }
}
