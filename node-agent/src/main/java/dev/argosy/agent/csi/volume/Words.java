package dev.argosy.agent.csi.volume;

import dev.argosy.agent.grpc.GrpcFailure;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Failures of drivers in Kubernetes' words, without the secrets that a driver may repeat. */
final class Words {

  private static final int SHORTEST = 4;

  private Words() {}

  static String of(GrpcFailure failure, Collection<String> secrets) {
    String message = String.valueOf(failure.getMessage());
    for (String secret : secrets) {
      if (secret.length() >= SHORTEST) {
        message = message.replace(secret, "***stripped***");
      }
    }
    return "rpc error: code = " + code(failure.code().name()) + " desc = " + message;
  }

  /** As Go writes it: {@code DeadlineExceeded}. */
  private static String code(String name) {
    return Arrays.stream(name.split("_"))
        .map(w -> w.charAt(0) + w.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }
}
