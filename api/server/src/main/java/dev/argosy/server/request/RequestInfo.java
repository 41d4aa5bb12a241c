package dev.argosy.server.request;

import java.util.Optional;

/**
 * What the method and path of a request mean. Texts are empty where they do not apply.
 *
 * @param urlCluster the logical cluster named by a {@code /clusters/NAME} prefix ({@code *}: all)
 * @param path the path without that prefix
 * @param verb get, list, watch, create, update, patch, delete, deletecollection; for paths that are
 *     no resources the HTTP method in lower case
 * @param group API group, version, namespace, resource, name, subresource
 * @param subpath what follows the subresource ({@code pods/x/proxy/a/b}: {@code a/b})
 */
public record RequestInfo(
    Optional<String> urlCluster,
    String path,
    String verb,
    String group,
    String version,
    String namespace,
    String resource,
    String name,
    String subresource,
    String subpath) {

  public boolean resourceRequest() {
    return !resource.isEmpty();
  }
}
