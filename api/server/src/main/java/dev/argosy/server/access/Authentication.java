package dev.argosy.server.access;

import dev.argosy.model.access.UserInfo;
import java.util.Optional;

/** What authentication found out. */
public sealed interface Authentication {

  /**
   * The credential is good.
   *
   * @param homeCluster the logical cluster that the credential itself decides, used when the URL
   *     names none; empty if it decides none
   */
  record Known(UserInfo user, Optional<String> homeCluster) implements Authentication {}

  /** No credential was sent: {@code system:anonymous}. */
  record Anonymous() implements Authentication {}

  /**
   * A credential was sent and is bad: 401.
   *
   * @param why for the log, never for the client
   */
  record Rejected(String why) implements Authentication {}
}
