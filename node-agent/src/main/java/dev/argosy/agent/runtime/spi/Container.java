package dev.argosy.agent.runtime.spi;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container as the engine sees it.
 *
 * @param image as it was named at creation
 * @param imageId digest of the image's configuration, {@code sha256:…}
 * @param limits that are in force, as far as the engine tells them
 * @param tty whether it has a terminal, so that its output is one raw stream
 * @param user whom it runs as; null if the engine does not say
 */
public record Container(
    String id,
    String name,
    Map<String, String> labels,
    String image,
    String imageId,
    ContainerSpec.Limits limits,
    boolean tty,
    State state,
    @Nullable ContainerUser user) {

  public Container {
    labels = Map.copyOf(labels);
  }

  /** One whose user the engine does not tell. */
  public Container(
      String id,
      String name,
      Map<String, String> labels,
      String image,
      String imageId,
      ContainerSpec.Limits limits,
      boolean tty,
      State state) {
    this(id, name, labels, image, imageId, limits, tty, state, null);
  }

  /** Where it is in its life. */
  public sealed interface State {}

  /** Made and never started. */
  public record Created(Instant createdAt) implements State {}

  public record Running(Instant startedAt, int pid) implements State {}

  /**
   * Ended, or could not be started.
   *
   * @param startedAt equals {@code finishedAt} if it never ran
   * @param message the engine's word on why; may be empty
   */
  public record Exited(
      Instant startedAt, Instant finishedAt, int exitCode, boolean oomKilled, String message)
      implements State {}
}
