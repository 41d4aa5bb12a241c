package dev.argosy.agent.pod.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvFileTest {

  private static final String TEXT =
      """
      # comment

        A='one # two "$X" \\n'   # more
      B= 'not meant'
      A='later'
      data-1='first
      # second
      third'
      E=''
      """;

  @Test
  void aValueIsWhatStandsInTheQuotesAlsoOverLines() throws ConfigFailure {
    assertThat(EnvFile.value(TEXT, "A")).contains("one # two \"$X\" \\n");
    assertThat(EnvFile.value(TEXT, "B")).contains("");
    assertThat(EnvFile.value(TEXT, "data-1")).contains("first\n# second\nthird");
    assertThat(EnvFile.value(TEXT, "E")).contains("");
    assertThat(EnvFile.value(TEXT, "C")).isEmpty();
    assertThat(EnvFile.value("", "C")).isEmpty();
    assertThat(EnvFile.value("A='1'\r\nB='2'\r\n", "B")).contains("2");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      textBlock =
          """
          A=one, line 1: the value must stand in single quotes
          A, line 1: there is no '='
          ='x', line 1: there is no name
          A ='x', line 1: a blank stands before '='
          A='x, line 1: the quote is not closed
          A='x'y, line 1: something stands behind the closing quote
          """)
  void whatIsNoAssignmentIsToldWithItsLine(String text, String why) {
    assertThatThrownBy(() -> EnvFile.value(text, "A"))
        .isInstanceOf(ConfigFailure.class)
        .hasMessage("couldn't parse env file: " + why);
  }

  @Test
  void whatStandsBehindTheKeyIsNotLookedAt() throws ConfigFailure {
    assertThat(EnvFile.value("A='1'\nnonsense", "A")).contains("1");
    assertThatThrownBy(() -> EnvFile.value("A='1'\nnonsense", "B"))
        .hasMessage("couldn't parse env file: line 2: there is no '='");
  }
}
