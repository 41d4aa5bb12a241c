package dev.argosy.store.kms;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a plug-in listens.
 *
 * @param name what people call it; part of the ids of its keys for ever
 * @param socket of this machine
 * @param time the longest that a call may take
 */
public record KmsEndpoint(String name, Path socket, Duration time) {

  /** As Kubernetes has it. */
  public static final Duration TIME = Duration.ofSeconds(3);

  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Linux has no room for more in an address. */
  private static final int LONGEST_PATH = 107;

  public KmsEndpoint {
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      throw new IllegalArgumentException(
          "the path of a socket has at most " + LONGEST_PATH + " bytes");
    }
    if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("the time of a call must be from PT0.001S to PT1M");
    }
  }

  /**
   * Of an address as Kubernetes writes it, {@code unix:///path/of/a/socket}.
   *
   * @throws IllegalArgumentException if it is none; says why
   */
  public static KmsEndpoint of(String name, String address, Duration time) {
    URI uri = URI.create(address);
    String path = uri.getPath();
    boolean plain = uri.getAuthority() == null && uri.getQuery() == null;
    if (!"unix".equals(uri.getScheme()) || path == null || path.length() < 2 || !plain) {
      throw new IllegalArgumentException("expected the address unix:///PATH of a plug-in");
    }
    if (path.startsWith("/@")) {
      throw new IllegalArgumentException(
          "sockets without a file (unix:///@NAME) are not served; let the plug-in use a file");
    }
    return new KmsEndpoint(name, Path.of(path), time);
  }
}
