package dev.argosy.model.selector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorsTest {

  private static final Map<String, String> LABELS =
      Map.of("app", "web", "tier", "front", "n", "7", "example.com/x", "");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "app=web | true",
        "app==web,tier=front | true",
        "app!=web | false",
        "none!=web | true",
        "app in (web,api) | true",
        "app notin (web, api) | false",
        "none notin (a) | true",
        "app | true",
        "!app | false",
        "!none | true",
        "n>6 | true",
        "n<7 | false",
        "example.com/x= | true",
        " app = web , tier in ( front ) | true",
        "app=web,!tier | false"
      })
  void matchesLabels(String selector, boolean expected) {
    assertThat(LabelSelector.parse(selector).matches(LABELS)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=a", "a in b", "a in (b", "a b", ",", "a,,b", "-a=b", "a=-b", "a>x", "a=b=c", "a/b/c"
      })
  void refusesWhatItCannotRead(String selector) {
    assertThatThrownBy(() -> LabelSelector.parse(selector))
        .isInstanceOf(SelectorSyntaxException.class);
  }

  @Test
  void emptyIsEverythingAndMissingIsNothing() {
    assertThat(LabelSelector.parse("").matchesEverything()).isTrue();
    assertThat(LabelSelector.ofObject(Json.object()).matches(LABELS)).isTrue();
    assertThat(LabelSelector.ofObject(null).matches(LABELS)).isFalse();
  }

  @Test
  void readsSelectorObjects() {
    LabelSelector selector =
        LabelSelector.ofObject(
            Json.parse(
                """
                {"matchLabels":{"app":"web"},
                 "matchExpressions":[{"key":"tier","operator":"In","values":["b","front"]},
                                     {"key":"gone","operator":"DoesNotExist"}]}
                """
                    .getBytes(StandardCharsets.UTF_8)));
    assertThat(selector.matches(LABELS)).isTrue();
    assertThat(selector).hasToString("app=web,!gone,tier in (b,front)");
    assertThat(LabelSelector.parse(selector.toString())).isEqualTo(selector);
  }

  @Test
  void namesAnExactLabelForIndexes() {
    assertThat(LabelSelector.parse("a in (b,c),d=e").oneOf().map(Requirement::key))
        .isEqualTo(Optional.of("d"));
  }

  @Test
  void matchesFields() {
    FieldSelector selector = FieldSelector.parse("spec.nodeName=n1,status.phase!=Failed");
    assertThat(selector.matches(Map.of("spec.nodeName", "n1", "status.phase", "Running"))).isTrue();
    assertThat(selector.matches(Map.of("spec.nodeName", "n2"))).isFalse();
    assertThat(selector.exact("spec.nodeName")).contains("n1");
    assertThat(FieldSelector.parse("spec.nodeName=").matches(Map.of())).isTrue();
    assertThatThrownBy(() -> FieldSelector.parse("nonsense"))
        .isInstanceOf(SelectorSyntaxException.class)
        .hasMessage("invalid selector: 'nonsense'; can't understand 'nonsense'");
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings().withChars("ab=,\\!").ofMaxLength(8);
  }

  @Property
  void fieldValuesSurviveEscaping(@ForAll("values") String value) {
    FieldSelector selector =
        FieldSelector.of(java.util.List.of(new FieldSelector.Term("a.b", true, value)));
    assertThat(FieldSelector.parse(selector.toString())).isEqualTo(selector);
  }
}
