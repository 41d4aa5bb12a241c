package dev.argosy.server.metrics;

import dev.argosy.server.request.RequestInfo;
import java.util.Set;

/**
 * A request in the words of Kubernetes' metrics.
 *
 * @param verb GET, LIST, WATCH, POST, PUT, PATCH, APPLY, DELETE, DELETECOLLECTION, CONNECT; the
 *     method for paths that are no resources; OTHER for methods that HTTP does not know
 * @param subresource for paths that are no resources: the path, if it is one of a few
 * @param scope {@code resource}, {@code namespace}, {@code cluster}; empty for paths
 */
public record RequestLabels(
    String verb, String group, String version, String resource, String subresource, String scope) {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final Set<String> PATHS =
      Set.of("/healthz", "/livez", "/readyz", "/metrics", "/version", "/api", "/apis");

  /**
   * The labels of a request.
   *
   * @param verb one of the above; see {@link #verb}
   */
  public static RequestLabels of(RequestInfo info, String verb) {
    if (!info.resourceRequest()) {
      String path = PATHS.contains(info.path()) ? info.path() : "";
      return new RequestLabels(verb, "", "", "", path, "");
    }
    return new RequestLabels(
        verb, info.group(), info.version(), info.resource(), info.subresource(), scope(info));
  }

  private static String scope(RequestInfo info) {
    if (!info.name().isEmpty()) {
      return "resource";
    }
    return info.namespace().isEmpty() ? "cluster" : "namespace";
  }

  /**
   * What a request does.
   *
   * @param method of HTTP, in upper case
   * @param apply whether a patch is an apply
   */
  public static String verb(RequestInfo info, String method, boolean apply) {
    if (!info.resourceRequest()) {
      return METHODS.contains(method) ? method : "OTHER";
    }
    return switch (info.verb()) {
      case "get" -> "GET";
      case "list" -> "LIST";
      case "watch" -> "WATCH";
      case "create" -> "POST";
      case "update" -> "PUT";
      case "patch" -> apply ? "APPLY" : "PATCH";
      case "delete" -> "DELETE";
      case "deletecollection" -> "DELETECOLLECTION";
      default -> "OTHER";
    };
  }

  RequestLabels withoutResource() {
    return new RequestLabels(verb, "", "", "", "", "");
  }
}
