package dev.argosy.scheduler.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NamespaceLabelsTest {

  private final NamespaceLabels labels = new NamespaceLabels();

  @Test
  void tellsWhetherSomethingHasChanged() {
    assertThat(labels.put("acme", "web", Map.of())).isFalse();
    assertThat(labels.put("acme", "web", Map.of("team", "a"))).isTrue();
    assertThat(labels.put("acme", "web", Map.of("team", "a"))).isFalse();
    assertThat(labels.put("acme", "web", Map.of("team", "b"))).isTrue();
    assertThat(labels.of("acme", "web")).containsExactly(Map.entry("team", "b"));
  }

  @Test
  void anotherClustersNamespaceOfTheSameNameIsAnotherOne() {
    labels.put("acme", "web", Map.of("team", "a"));
    assertThat(labels.of("globex", "web")).isEmpty();
    assertThat(labels.put("globex", "web", Map.of())).isFalse();
    assertThat(labels.of("acme", "web")).isNotEmpty();
  }

  @Test
  void oneThatIsGoneHasNone() {
    labels.put("acme", "web", Map.of("team", "a"));
    labels.put("acme", "api", Map.of("team", "a"));
    assertThat(labels.put("acme", "web", Map.of())).isTrue();
    assertThat(labels.of("acme", "web")).isEmpty();
    assertThat(labels.of("acme", "api")).isNotEmpty();
  }
}
