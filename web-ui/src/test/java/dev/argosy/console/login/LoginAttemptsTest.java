package dev.argosy.console.login;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginAttemptsTest {

  @Test
  void eachAnswerFindsItsOwn() {
    LoginAttempt one = LoginAttempt.to("/one");
    LoginAttempt two = LoginAttempt.to("/two");
    LoginAttempts attempts = LoginAttempts.NONE.with(one).with(two);
    assertThat(attempts.of(one.state().getValue())).contains(one);
    assertThat(attempts.of(two.state().getValue())).contains(two);
    assertThat(attempts.of("other")).isEmpty();
    assertThat(attempts.of(null)).isEmpty();
    assertThat(attempts.without(one).all()).containsExactly(two);
  }

  @Test
  void onlyTheNewestAreKept() {
    LoginAttempt first = LoginAttempt.to("/first");
    LoginAttempts attempts = LoginAttempts.NONE.with(first);
    for (int i = 0; i < LoginAttempts.MOST; i++) {
      attempts = attempts.with(LoginAttempt.to("/" + i));
    }
    assertThat(attempts.all()).hasSize(LoginAttempts.MOST).doesNotContain(first);
  }
}
