package dev.argosy.server.authn.claims;

/** The claims name no user, or one that may not be. The message holds nothing of the claims. */
public final class BadClaimsException extends Exception {
  private static final long serialVersionUID = 1L;

  BadClaimsException(String message) {
    super(message, null, false, false);
  }
}
