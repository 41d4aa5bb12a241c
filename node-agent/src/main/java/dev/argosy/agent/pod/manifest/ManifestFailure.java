package dev.argosy.agent.pod.manifest;

/** A file holds no pod that can be run; the message says why. */
final class ManifestFailure extends Exception {

  private static final long serialVersionUID = 1L;

  ManifestFailure(String message) {
    super(message);
  }
}
