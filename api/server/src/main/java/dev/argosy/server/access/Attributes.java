package dev.argosy.server.access;

import dev.argosy.model.access.UserInfo;

/**
 * What is asked for, as Kubernetes' authorization names it.
 *
 * @param cluster the logical cluster; {@code *} for all of them
 * @param verb API verb ({@code get}, {@code list}, {@code watch}, {@code create}…), or the HTTP
 *     method in lower case for paths that are no resources
 * @param group API group; empty for core
 * @param resource plural; empty for paths that are no resources
 * @param subresource empty if none
 * @param namespace empty for all, or for cluster-scoped resources
 * @param name empty if none
 * @param path the path without the cluster prefix, for paths that are no resources
 */
public record Attributes(
    UserInfo user,
    String cluster,
    String verb,
    String group,
    String version,
    String resource,
    String subresource,
    String namespace,
    String name,
    String path) {

  public boolean resourceRequest() {
    return !resource.isEmpty();
  }
}
