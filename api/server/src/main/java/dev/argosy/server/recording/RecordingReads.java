package dev.argosy.server.recording;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import jakarta.persistence.PersistenceException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads of recordings, with failures of the database as clients are told them. */
final class RecordingReads {

  private static final Logger LOG = LoggerFactory.getLogger(RecordingReads.class);

  private RecordingReads() {}

  static <T> T of(Supplier<T> read) {
    try {
      return read.get();
    } catch (PersistenceException e) {
      LOG.warn("recordings cannot be read", e);
      throw Status.of(Reason.SERVICE_UNAVAILABLE, "recordings cannot be read now")
          .withRetryAfter(1)
          .asException();
    }
  }
}
