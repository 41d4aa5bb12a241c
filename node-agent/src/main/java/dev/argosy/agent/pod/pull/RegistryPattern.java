package dev.argosy.agent.pod.pull;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * For which images an entry of a registry configuration is meant: a host, whose labels may have
 * {@code *} and {@code ?}, perhaps a port, and perhaps a beginning of the path.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/containers/images/#config-json">Interpretation
 *     of config.json</a>
 */
record RegistryPattern(String host, String port, String path) {

  private static final Set<String> DOCKER_HUB =
      Set.of("docker.io", "index.docker.io", "registry-1.docker.io");

  /** Empty for what is no address. */
  static Optional<RegistryPattern> of(String text) {
    String rest = text.replaceFirst("^https?://", "");
    int slash = rest.indexOf('/');
    String path = slash < 0 ? "" : rest.substring(slash).replaceFirst("^/v[12](/|$)", "/");
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    int colon = authority.lastIndexOf(':');
    boolean port = colon > authority.lastIndexOf(']');
    String host = port ? authority.substring(0, colon) : authority;
    return host.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RegistryPattern(
                host, port ? authority.substring(colon + 1) : "", path.equals("/") ? "" : path));
  }

  boolean matches(ImageName image) {
    if (!("/" + image.path()).startsWith(path)) {
      return false;
    }
    if (image.onDockerHub() && DOCKER_HUB.contains(host)) {
      return true;
    }
    RegistryPattern registry = of(image.registry()).orElseThrow();
    return port.equals(registry.port) && hostMatches(registry.host);
  }

  private boolean hostMatches(String wanted) {
    String[] own = host.split("\\.", -1);
    String[] labels = wanted.split("\\.", -1);
    if (own.length != labels.length) {
      return false;
    }
    for (int i = 0; i < own.length; i++) {
      if (!glob(own[i]).matcher(labels[i]).matches()) {
        return false;
      }
    }
    return true;
  }

  private static Pattern glob(String label) {
    return Pattern.compile(
        Pattern.quote(label).replace("*", "\\E[^.]*\\Q").replace("?", "\\E[^.]\\Q"));
  }

  /** Longer ones are tried first: they say more. */
  int length() {
    return host.length() + port.length() + path.length();
  }
}
