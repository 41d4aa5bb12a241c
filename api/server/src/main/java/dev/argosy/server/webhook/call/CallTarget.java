package dev.argosy.server.webhook.call;

import dev.argosy.server.dial.ServicePort;
import java.net.URI;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Where a {@code clientConfig} points to.
 *
 * @param cluster the logical cluster that says so
 * @param service the service; empty if it is a URL
 * @param host the name that the certificate must have
 * @param path begins with a slash
 * @param caBundle PEM certificates in Base64, as the configuration has them; empty for the system's
 */
record CallTarget(
    String cluster,
    Optional<ServicePort> service,
    String host,
    int port,
    String path,
    String caBundle) {

  private static final int HTTPS = 443;

  /** Reads a configuration, which was checked when it was written. */
  static CallTarget of(String cluster, JsonNode config) throws CallException {
    String ca = config.path("caBundle").asString("");
    JsonNode service = config.path("service");
    if (service.isObject()) {
      ServicePort port =
          new ServicePort(
              cluster,
              service.path("namespace").asString(""),
              service.path("name").asString(""),
              service.path("port").asInt(HTTPS));
      String path = service.path("path").asString("");
      String rooted = path.startsWith("/") ? path : "/" + path;
      if (!rooted.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '?' && c != '#')) {
        throw new CallException("the service's path cannot be part of a URL: \"" + path + "\"");
      }
      return new CallTarget(cluster, Optional.of(port), port.host(), port.port(), rooted, ca);
    }
    return ofUrl(cluster, config.path("url").asString(""), ca);
  }

  private static CallTarget ofUrl(String cluster, String text, String ca) throws CallException {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new CallException("the URL cannot be read: " + e.getMessage());
    }
    String host = url.getHost();
    if (host == null || !"https".equalsIgnoreCase(url.getScheme())) {
      throw new CallException("the URL must be https with a host: \"" + text + "\"");
    }
    String path = url.getRawPath();
    return new CallTarget(
        cluster,
        Optional.empty(),
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        url.getPort() < 0 ? HTTPS : url.getPort(),
        path == null || path.isEmpty() ? "/" : path,
        ca);
  }

  /** Host and port, as a request names them. */
  String authority() {
    String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return service.isEmpty() && port == HTTPS ? name : name + ":" + port;
  }
}
