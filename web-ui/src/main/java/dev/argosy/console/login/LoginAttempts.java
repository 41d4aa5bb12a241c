package dev.argosy.console.login;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log-ins that one browser has under way, oldest first: one for each page that it opened before
 * it was logged in. Only the newest {@value #MOST} are kept. Immutable.
 */
record LoginAttempts(List<LoginAttempt> all) {

  static final String ATTRIBUTE = LoginAttempts.class.getName();
  static final LoginAttempts NONE = new LoginAttempts(List.of());
  static final int MOST = 16;

  LoginAttempts {
    all = List.copyOf(all);
  }

  LoginAttempts with(LoginAttempt attempt) {
    List<LoginAttempt> more = new ArrayList<>(all);
    more.add(attempt);
    return new LoginAttempts(more.subList(Math.max(0, more.size() - MOST), more.size()));
  }

  /** The one that an answer with this state belongs to. */
  Optional<LoginAttempt> of(@Nullable String state) {
    return all.stream().filter(attempt -> attempt.state().getValue().equals(state)).findFirst();
  }

  LoginAttempts without(LoginAttempt attempt) {
    return new LoginAttempts(all.stream().filter(other -> !other.equals(attempt)).toList());
  }
}
