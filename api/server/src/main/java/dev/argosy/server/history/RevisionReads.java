package dev.argosy.server.history;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads of the history, with failures of the database as clients are told them. */
final class RevisionReads {

  private static final Logger LOG = LoggerFactory.getLogger(RevisionReads.class);
  private static final String CANCELED = "57014";

  private RevisionReads() {}

  static <T> T of(Supplier<T> read) {
    try {
      return read.get();
    } catch (PersistenceException e) {
      if (e.getCause() instanceof SQLException told && CANCELED.equals(told.getSQLState())) {
        throw Status.of(
                Reason.TIMEOUT,
                "the search took too long; narrow it by resource and name, or by times (since,"
                    + " until)")
            .asException();
      }
      LOG.warn("the history cannot be read", e);
      throw Status.of(Reason.SERVICE_UNAVAILABLE, "the history cannot be read now")
          .withRetryAfter(1)
          .asException();
    }
  }
}
