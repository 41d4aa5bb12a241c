package dev.argosy.agent.pod.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EngineWordsTest {

  private static final String ONE = "1".repeat(64);
  private static final String OTHER = "0123456789abcdef".repeat(4);

  @Test
  void whatChangesWithEachTryIsNamed() {
    assertThat(EngineWords.of("container \"" + OTHER + "\" in " + ONE + " failed", "main", ONE))
        .isEqualTo("container \"main\" in " + ONE + " failed");
    assertThat(EngineWords.of("no namespace /proc/4711/ns/net of " + ONE, "web", ""))
        .isEqualTo("no namespace /proc/PID/ns/net of web");
  }

  @Test
  void whatDoesNotChangeStays() {
    String said = "image sha256:" + OTHER + ": layer " + OTHER + "0 of /proc/self/ns";
    assertThat(EngineWords.of(said, "main", "")).isEqualTo(said);
  }
}
