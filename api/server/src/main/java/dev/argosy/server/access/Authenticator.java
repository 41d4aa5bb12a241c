package dev.argosy.server.access;

/** Finds out who asks. Called by many threads; results may be cached inside. */
public interface Authenticator {
  Authentication authenticate(Credentials credentials);
}
