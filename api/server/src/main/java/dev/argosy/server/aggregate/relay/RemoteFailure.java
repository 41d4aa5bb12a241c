package dev.argosy.server.aggregate.relay;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.dial.TlsWords;
import java.io.IOException;
import javax.net.ssl.SSLException;

/** Failures of exchanges with API servers, as clients hear of them. */
final class RemoteFailure {

  private RemoteFailure() {}

  static String words(IOException failure) {
    return failure instanceof SSLException tls
        ? TlsWords.of(tls)
        : String.valueOf(failure.getMessage());
  }

  static StatusException status(IOException failure) {
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
