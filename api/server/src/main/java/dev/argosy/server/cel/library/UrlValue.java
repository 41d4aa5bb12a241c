package dev.argosy.server.cel.library;

import dev.argosy.server.cel.value.Opaque;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An absolute URL, or an absolute path. */
record UrlValue(URI uri) implements Opaque {

  /** The URL of that text; empty if it is none. */
  static Optional<UrlValue> parse(String text) {
    try {
      URI uri = new URI(text);
      boolean absolute = uri.isAbsolute() && !uri.isOpaque();
      boolean path = !uri.isAbsolute() && text.startsWith("/");
      return (absolute && uri.getRawAuthority() != null) || path || (absolute && hasPath(uri))
          ? Optional.of(new UrlValue(uri))
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static boolean hasPath(URI uri) {
    return uri.getRawPath() != null && uri.getRawPath().startsWith("/");
  }

  @Override
  public String typeName() {
    return "kubernetes.URL";
  }

  String scheme() {
    return uri.getScheme() == null ? "" : uri.getScheme();
  }

  /** Host and port, as they are written. */
  String host() {
    String authority = uri.getRawAuthority();
    if (authority == null) {
      return "";
    }
    return authority.substring(authority.lastIndexOf('@') + 1);
  }

  private int portColon() {
    String host = host();
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? colon : -1;
  }

  /** Without port, and without the brackets of an IPv6 address. */
  String hostname() {
    String name = portColon() < 0 ? host() : host().substring(0, portColon());
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }

  String port() {
    return portColon() < 0 ? "" : host().substring(portColon() + 1);
  }

  String escapedPath() {
    return uri.getRawPath() == null ? "" : uri.getRawPath();
  }

  /** The query's values by key, unescaped. */
  Map<Object, Object> query() {
    Map<Object, Object> values = new LinkedHashMap<>();
    String query = uri.getRawQuery();
    if (query == null || query.isEmpty()) {
      return values;
    }
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String key = decode(equals < 0 ? pair : pair.substring(0, equals));
        @SuppressWarnings("unchecked")
        List<Object> list = (List<Object>) values.computeIfAbsent(key, k -> new ArrayList<>());
        list.add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return values;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
