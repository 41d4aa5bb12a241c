package dev.argosy.agent.runtime.cri;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CriImagesTest {

  @ParameterizedTest
  @CsvSource({
    "busybox, docker.io/library/busybox:latest",
    "argosy/pause:1, docker.io/argosy/pause:1",
    "localhost/a, localhost/a:latest",
    "host:5000/a/b:c, host:5000/a/b:c",
    "quay.io/a@sha256:00, quay.io/a@sha256:00",
  })
  void namesAreCompleted(String name, String full) {
    assertThat(CriImages.fullName(name)).isEqualTo(full);
  }
}
