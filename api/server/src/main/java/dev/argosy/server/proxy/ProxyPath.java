package dev.argosy.server.proxy;

import dev.argosy.server.request.RequestInfo;

/**
 * The path of a request, cut where the backend's part begins; both parts still escaped.
 *
 * @param prefix up to and with {@code /proxy}
 * @param rest empty, or what follows, with its slash
 */
record ProxyPath(String prefix, String rest) {

  static ProxyPath of(RequestInfo info, String rawPath) {
    int segments = (info.urlCluster().isPresent() ? 2 : 0) + (info.namespace().isEmpty() ? 5 : 7);
    int end = 0;
    for (int seen = 0; seen < segments; seen++) {
      while (end < rawPath.length() && rawPath.charAt(end) == '/') {
        end++;
      }
      int slash = rawPath.indexOf('/', end);
      end = slash < 0 ? rawPath.length() : slash;
    }
    return new ProxyPath(rawPath.substring(0, end), rawPath.substring(end));
  }

  /** What the backend is asked for. */
  String target() {
    return rest.isEmpty() ? "/" : rest;
  }

  String whole() {
    return prefix + rest;
  }
}
