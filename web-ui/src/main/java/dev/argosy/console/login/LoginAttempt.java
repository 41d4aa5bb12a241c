package dev.argosy.console.login;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;

/**
 * A log-in under way: what the answer must match.
 *
 * @param target the path that was asked for, query included
 */
record LoginAttempt(State state, Nonce nonce, CodeVerifier verifier, String target) {

  static LoginAttempt to(String target) {
    return new LoginAttempt(new State(), new Nonce(), new CodeVerifier(), target);
  }
}
