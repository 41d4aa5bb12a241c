package dev.argosy.server.connect;

/**
 * Where a {@link PathHandler} answers.
 *
 * @param path the path without the cluster prefix; a path that ends in {@code /} stands for
 *     everything below it, any other for itself alone
 * @param open whether everybody may ask, without a credential; otherwise the authorizer decides by
 *     path and HTTP method
 */
public record PathMount(String path, boolean open, PathHandler handler) {

  public PathMount {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a path begins with a slash: " + path);
    }
  }

  /** Whether a request for this path belongs here. */
  public boolean covers(String requested) {
    return path.endsWith("/") ? requested.startsWith(path) : requested.equals(path);
  }
}
