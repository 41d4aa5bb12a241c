package dev.argosy.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EngineTest {

  @ParameterizedTest
  @CsvSource({
    "unix:///run/containerd/containerd.sock, containerd",
    "unix:///run/k3s/containerd/containerd.sock, containerd",
    "unix:///var/run/crio/crio.sock, cri-o",
    "unix:///tmp/other, other",
  })
  void aRuntimeIsNamedByItsSocket(String endpoint, String name) {
    assertThat(Engine.named(endpoint)).isEqualTo(name);
  }
}
