package dev.argosy.agent.runtime.cri.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VerdictTest {

  @Test
  void successIsZero() {
    assertThat(Verdict.of("{\"metadata\":{},\"status\":\"Success\"}"))
        .isEqualTo(new Verdict(0, ""));
  }

  @Test
  void anExitCodeIsACause() {
    assertThat(
            Verdict.of(
                """
                {"status":"Failure","message":"command terminated with non-zero exit code",
                 "reason":"NonZeroExitCode",
                 "details":{"causes":[{"reason":"ExitCode","message":"137"}]}}\
                """))
        .isEqualTo(new Verdict(137, ""));
  }

  @Test
  void whatCouldNotBeStartedHasAShellsCode() {
    String absent = "exec: \\\"nope\\\": executable file not found in $PATH: unknown";
    assertThat(Verdict.of("{\"status\":\"Failure\",\"message\":\"" + absent + "\"}"))
        .isEqualTo(new Verdict(127, absent.replace("\\\"", "\"")));
    assertThat(Verdict.of("{\"status\":\"Failure\",\"message\":\"permission denied\"}"))
        .isEqualTo(new Verdict(126, "permission denied"));
  }

  @Test
  void nonsenseIsShown() {
    assertThat(Verdict.of("oops")).isEqualTo(new Verdict(126, "oops"));
    assertThat(Verdict.of("[1]")).isEqualTo(new Verdict(126, "[1]"));
    assertThat(Verdict.of("")).isEqualTo(new Verdict(126, ""));
  }
}
