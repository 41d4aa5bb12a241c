package dev.argosy.console.login;

import dev.argosy.model.access.UserInfo;
import java.time.Instant;

/**
 * A log-in that took place, kept in the HTTP session only.
 *
 * @param idToken as the provider wants it back at log-out
 * @param refreshToken to go on after expiry; empty if the provider gave none
 * @param expiry when it must be refreshed
 */
public record Login(UserInfo user, String idToken, String refreshToken, Instant expiry) {

  /** Name of the HTTP session attribute that holds it. */
  public static final String ATTRIBUTE = Login.class.getName();

  @Override
  public String toString() {
    return "Login[" + user.name() + "]";
  }
}
