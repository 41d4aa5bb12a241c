package dev.argosy.server.webhook.call;

import dev.argosy.server.dial.DialException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Failures in the words that users of webhooks search for. */
final class FailureWords {

  private static final int SHOWN_BODY = 2048;
  private static final String VERIFY = "tls: failed to verify certificate: x509: ";
  private static final String EXPIRED = "certificate has expired or is not yet valid";

  private FailureWords() {}

  static String of(@Nullable Throwable failure) {
    return switch (failure) {
      case null -> "failed";
      case DialException dial -> String.valueOf(dial.getMessage());
      case CallException call -> String.valueOf(call.getMessage());
      case SSLException tls -> ofTls(tls);
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static String ofTls(SSLException failure) {
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

  /** An answer that is no success, as Kubernetes' client words it. */
  static String ofCode(HttpReply reply) {
    return switch (reply.code()) {
      case 400 -> "the server rejected our request for an unknown reason";
      case 401 -> "the server has asked for the client to provide credentials";
      case 403 -> "unknown";
      case 404 -> "the server could not find the requested resource";
      case 405 -> "the server does not allow this method on the requested resource";
      case 429 -> "the server has received too many requests and has asked us to try again later";
      case 503 -> "the server is currently unable to handle the request";
      case 504 ->
          "the server was unable to return a response in the time allotted, but may still be"
              + " processing the request";
      default ->
          reply.code() >= 500
              ? "an error on the server (\""
                  + text(reply.body())
                  + "\") has prevented the request from succeeding"
              : "the server responded with the status code "
                  + reply.code()
                  + " but did not return more information";
    };
  }

  private static String text(byte[] body) {
    String text =
        new String(body, 0, Math.min(body.length, SHOWN_BODY), StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? "unknown" : text.replaceAll("\\p{Cntrl}+", " ");
  }
}
