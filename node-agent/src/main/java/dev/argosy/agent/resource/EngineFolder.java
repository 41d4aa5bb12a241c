package dev.argosy.agent.resource;

import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the engine keeps its images; asked once it answers. */
final class EngineFolder {

  private final ContainerRuntime runtime;
  private @Nullable Path known;

  EngineFolder(ContainerRuntime runtime) {
    this.runtime = runtime;
  }

  synchronized Optional<Path> path() {
    if (known == null) {
      try {
        known = Path.of(runtime.info().dataFolder());
      } catch (RuntimeFailure notYet) {
        return Optional.empty();
      }
    }
    return Optional.of(known);
  }
}
