package dev.argosy.server.audit;

import java.util.Map;
import java.util.Optional;

/**
 * Where the steps of a request leave annotations for its audit events. Belongs to one request and
 * its thread. Whoever has to work for a note asks first whether anybody will hear it.
 */
public interface AuditNotes {

  /** Whether events of this request are kept at this level or above. */
  boolean heard(AuditLevel level);

  /** Adds an annotation; of one key the first stays, as in Kubernetes. */
  void note(String key, String value);

  /**
   * Adds annotations that must not be lost: a request with any is kept, whatever the policy says.
   */
  default void mark(Map<String, String> annotations) {
    annotations.forEach(this::note);
  }

  /** Who sent the request, if events of it are kept. */
  default Optional<Sender> sender() {
    return Optional.empty();
  }

  /**
   * Who sent a request.
   *
   * @param id its {@code Audit-ID}
   * @param user the authenticated one, whomever they act as
   */
  record Sender(String id, String user, String verb) {}

  /** For requests that nobody watches. */
  AuditNotes NONE =
      new AuditNotes() {
        @Override
        public boolean heard(AuditLevel level) {
          return false;
        }

        @Override
        public void note(String key, String value) {}
      };
}
