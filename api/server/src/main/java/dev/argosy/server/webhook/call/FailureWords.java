package dev.argosy.server.webhook.call;

import dev.argosy.server.dial.DialException;
import dev.argosy.server.dial.TlsWords;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Failures in the words that users of webhooks search for. */
final class FailureWords {

  private static final int SHOWN_BODY = 2048;

  private FailureWords() {}

  static String of(@Nullable Throwable failure) {
    return switch (failure) {
      case null -> "failed";
      case DialException dial -> String.valueOf(dial.getMessage());
      case CallException call -> String.valueOf(call.getMessage());
      case SSLException tls -> TlsWords.of(tls);
      default -> String.valueOf(failure.getMessage());
    };
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
