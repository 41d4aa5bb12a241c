package dev.argosy.server.dial;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Failures of TLS in the words that users search for. */
public final class TlsWords {

  private static final String VERIFY = "tls: failed to verify certificate: x509: ";
  private static final String EXPIRED = "certificate has expired or is not yet valid";

  private TlsWords() {}

  public static String of(SSLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CertPathBuilderException path -> {
          return VERIFY + "certificate signed by unknown authority";
        }
        case CertPathValidatorException path -> {
          return VERIFY
              + (path.getReason() == BasicReason.EXPIRED
                  ? EXPIRED
                  : "certificate signed by unknown authority");
        }
        case CertificateExpiredException expired -> {
          return VERIFY + EXPIRED;
        }
        case CertificateException wrong when wrong.getCause() == null -> {
          return VERIFY + wrong.getMessage();
        }
        default -> {}
      }
    }
    return "remote error: tls: " + String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
  }
}
