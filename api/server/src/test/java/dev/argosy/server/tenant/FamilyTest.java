package dev.argosy.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class FamilyTest {

  private final Family family = new Family();

  @Test
  void knowsWhatStandsAboveAndBelow() {
    family.put("a", "");
    family.put("b", "a");
    family.put("c", "b");
    family.put("d", "a");
    assertThat(family.above("a", "c")).isTrue();
    assertThat(family.above("c", "a")).isFalse();
    assertThat(family.above("a", "a")).isFalse();
    assertThat(family.above("d", "c")).isFalse();
    assertThat(family.below("a")).containsExactlyInAnyOrder("b", "c", "d");

    family.put("b", "d");
    assertThat(family.below("d")).containsExactly("b", "c");
    family.put("b", "");
    assertThat(family.above("a", "c")).isFalse();
    family.retain(Set.of("a", "b", "c"));
    assertThat(family.below("a")).isEmpty();
    assertThat(family.below("b")).containsExactly("c");
  }

  @Test
  void aCircleEnds() {
    family.put("a", "b");
    family.put("b", "a");
    assertThat(family.above("x", "a")).isFalse();
    assertThat(family.below("a")).containsExactly("b");
  }
}
