package dev.argosy.server.relay;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.dial.TlsWords;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** Failures of exchanges, as clients hear of them. */
public final class RelayFailure {

  private RelayFailure() {}

  /** What happened. */
  public static String words(IOException failure) {
    return failure instanceof SSLException tls
        ? TlsWords.of(tls)
        : String.valueOf(failure.getMessage());
  }

  /** The refusal that a client gets. */
  public static StatusException status(IOException failure) {
    Status status =
        failure instanceof LateException
            ? Status.of(
                Reason.TIMEOUT,
                "request did not complete within requested timeout - context deadline exceeded")
            : Status.of(
                Reason.SERVICE_UNAVAILABLE, "error trying to reach service: " + words(failure));
    return status.asException();
  }
}
