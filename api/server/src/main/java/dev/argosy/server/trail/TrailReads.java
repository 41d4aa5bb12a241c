package dev.argosy.server.trail;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.tenancy.audit.SearchTooLongException;
import jakarta.persistence.PersistenceException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads of the trail, with failures of the database as clients are told them. */
final class TrailReads {

  private static final Logger LOG = LoggerFactory.getLogger(TrailReads.class);

  private TrailReads() {}

  static <T> T of(Supplier<T> read) {
    try {
      return read.get();
    } catch (SearchTooLongException e) {
      throw Status.of(
              Reason.TIMEOUT,
              "the search took too long; narrow it by times (since, until) or by a field with ="
                  + " that few records have")
          .asException();
    } catch (PersistenceException e) {
      LOG.warn("the audit trail cannot be read", e);
      throw Status.of(Reason.SERVICE_UNAVAILABLE, "the audit trail cannot be read now")
          .withRetryAfter(1)
          .asException();
    }
  }
}
