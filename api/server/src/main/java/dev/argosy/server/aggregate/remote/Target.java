package dev.argosy.server.aggregate.remote;

import dev.argosy.model.status.Status;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Path and query of a request that is led on. The path is written anew from what was authorized, so
 * that no server can read another meaning into it.
 */
final class Target {

  private static final String PLAIN = "-._~!$&'()*+,;=:@";

  private Target() {}

  /**
   * A request's target.
   *
   * @param path decoded, without the cluster's prefix
   * @param query as the client sent it; null for none
   * @throws dev.argosy.model.status.StatusException if it cannot be sent on
   */
  static String of(String path, @Nullable String query) {
    StringBuilder target = new StringBuilder();
    for (String segment : path.split("/")) {
      if (segment.equals(".") || segment.equals("..")) {
        throw Status.badRequest("invalid path segment: " + segment).asException();
      }
      if (!segment.isEmpty()) {
        escape(segment, target.append('/'));
      }
    }
    if (path.endsWith("/")) {
      target.append('/');
    }
    if (query != null && !query.isEmpty()) {
      if (!query.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '#')) {
        throw Status.badRequest("the query has signs that must be escaped").asException();
      }
      target.append('?').append(query);
    }
    return target.toString();
  }

  private static void escape(String segment, StringBuilder target) {
    for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || PLAIN.indexOf(c) >= 0;
      if (plain) {
        target.append(c);
      } else {
        target.append(String.format("%%%02X", b & 0xff));
      }
    }
  }
}
