package dev.argosy.server.stream;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.audit.AuditNotes;

/** Decides whether a session in a container is recorded, and does it. */
public interface SessionRecorder {

  SessionRecorder NONE = session -> SessionTap.NONE;

  /**
   * A session that is about to begin.
   *
   * @param user as whom it is done
   * @param command empty of an attachment
   * @param notes where the audit is told of it
   */
  record Session(
      UserInfo user, Container container, String command, boolean terminal, AuditNotes notes) {}

  /** Where it is. */
  record Container(String cluster, String namespace, String pod, String container) {}

  /**
   * Before the session begins.
   *
   * @throws dev.argosy.model.status.StatusException if it must be recorded and cannot be
   */
  SessionTap begin(Session session);
}
