package dev.argosy.agent.pod.pull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image, by the grammar of references to container images.
 *
 * @param registry host and perhaps port
 * @param path within the registry
 * @see <a href="https://github.com/distribution/reference">reference</a>
 */
record ImageName(String registry, String path) {

  private static final String DOCKER_HUB = "docker.io";
  private static final int LONGEST = 255;
  private static final String WORD = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?:((?:"
              + LABEL
              + "(?:\\."
              + LABEL
              + ")*|\\[[a-fA-F0-9:]+])(?::[0-9]+)?)/)?("
              + WORD
              + "(?:/"
              + WORD
              + ")*)(?::\\w[\\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*:[0-9a-fA-F]{32,})?");

  /** Empty if it is none. */
  static Optional<ImageName> of(String reference) {
    Matcher matcher = REFERENCE.matcher(reference);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String first = matcher.group(1) == null ? "" : matcher.group(1);
    String rest = matcher.group(2);
    if (first.isEmpty() || isRegistry(first)) {
      return named(first.isEmpty() ? DOCKER_HUB : first, rest);
    }
    return first.equals(first.toLowerCase(java.util.Locale.ROOT))
        ? named(DOCKER_HUB, first + "/" + rest)
        : Optional.empty();
  }

  private static boolean isRegistry(String first) {
    return first.contains(".") || first.contains(":") || first.equals("localhost");
  }

  private static Optional<ImageName> named(String registry, String path) {
    boolean hub = registry.equals(DOCKER_HUB) || registry.equals("index.docker.io");
    String full = hub && !path.contains("/") ? "library/" + path : path;
    ImageName name = new ImageName(hub ? DOCKER_HUB : registry, full);
    return full.length() > LONGEST ? Optional.empty() : Optional.of(name);
  }

  boolean onDockerHub() {
    return registry.equals(DOCKER_HUB);
  }

  /** Without tag and digest. */
  @Override
  public String toString() {
    return registry + "/" + path;
  }
}
