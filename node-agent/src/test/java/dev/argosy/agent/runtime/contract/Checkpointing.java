package dev.argosy.agent.runtime.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.nio.file.Path;

/** What of a checkpoint holds on every machine, whether its engine can make one or not. */
public final class Checkpointing {

  private Checkpointing() {}

  /** It is made, or refused with a reason and nothing is left. */
  public static void isMadeOrRefused(ContainerRuntime runtime, String id, Path folder) {
    Path archive = folder.resolve("checkpoint.tar");
    RuntimeFailure failure =
        catchThrowableOfType(RuntimeFailure.class, () -> runtime.checkpointContainer(id, archive));
    if (failure == null) {
      assertThat(archive).isNotEmptyFile();
    } else {
      assertThat(failure).hasMessageMatching("(?is).*(checkpoint|criu|experimental).*");
      assertThat(folder).isEmptyDirectory();
    }
  }
}
