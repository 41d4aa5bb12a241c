package dev.argosy.agent.api;

import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** URLs of the Kubernetes API below {@code /clusters/CLUSTER}. */
final class ApiPaths {

  private static final String USUAL = "v1";

  /** Resources that have no version of that name. */
  private static final Map<GroupResource, String> OTHERS =
      Map.of(
          new GroupResource("certificates.k8s.io", "clustertrustbundles"),
          "v1beta1",
          new GroupResource("certificates.k8s.io", "podcertificaterequests"),
          "v1beta1");

  private ApiPaths() {}

  static String of(ResourceScope scope) {
    String namespace = scope.namespace().isEmpty() ? "" : "/namespaces/" + scope.namespace();
    String cluster = scope.allClusters() ? "*" : scope.cluster();
    return version(cluster, scope.resource()) + namespace + "/" + scope.resource().resource();
  }

  static String of(ObjectKey key, String subresource) {
    ResourceScope scope = ResourceScope.namespace(key.resource(), key.cluster(), key.namespace());
    String path = of(scope) + "/" + encode(key.name());
    return subresource.isEmpty() ? path : path + "/" + subresource;
  }

  /** A path that is no resource. */
  static String of(String cluster, String path) {
    return "/clusters/" + cluster + path;
  }

  private static String version(String cluster, GroupResource resource) {
    String group = resource.group().isEmpty() ? "/api" : "/apis/" + resource.group();
    return "/clusters/" + cluster + group + "/" + OTHERS.getOrDefault(resource, USUAL);
  }

  static String query(ListOptions options) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("labelSelector", options.labelSelector());
    query.put("fieldSelector", options.fieldSelector());
    query.put("limit", options.limit() > 0 ? Integer.toString(options.limit()) : "");
    query.put("continue", options.continueToken());
    query.put("resourceVersion", options.resourceVersion());
    query.put("resourceVersionMatch", options.resourceVersionMatch());
    return query(query);
  }

  static String query(WatchOptions options) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("watch", "1");
    query.put("labelSelector", options.labelSelector());
    query.put("fieldSelector", options.fieldSelector());
    query.put("resourceVersion", options.resourceVersion());
    query.put("allowWatchBookmarks", options.allowBookmarks() ? "true" : "");
    if (options.sendInitialEvents()) {
      query.put("sendInitialEvents", "true");
      query.put("resourceVersionMatch", "NotOlderThan");
    }
    return query(query);
  }

  static String query(Map<String, String> parameters) {
    String joined =
        parameters.entrySet().stream()
            .filter(e -> !e.getValue().isEmpty())
            .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(Collectors.joining("&"));
    return joined.isEmpty() ? "" : "?" + joined;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
