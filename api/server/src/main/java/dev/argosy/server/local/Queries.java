package dev.argosy.server.local;

import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.WatchOptions;
import dev.argosy.server.request.ListQuery;
import dev.argosy.server.request.QueryParams;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options of the client port as the query of a request, so that both are checked alike. */
final class Queries {

  private Queries() {}

  static ListQuery list(ListOptions options) {
    Map<String, String> query = selectors(options.labelSelector(), options.fieldSelector());
    put(query, "continue", options.continueToken());
    put(query, "resourceVersion", options.resourceVersion());
    put(query, "resourceVersionMatch", options.resourceVersionMatch());
    if (options.limit() > 0) {
      query.put("limit", Integer.toString(options.limit()));
    }
    return ListQuery.forList(QueryParams.of(query));
  }

  static ListQuery watch(WatchOptions options) {
    Map<String, String> query = selectors(options.labelSelector(), options.fieldSelector());
    put(query, "resourceVersion", options.resourceVersion());
    if (options.sendInitialEvents()) {
      query.put("sendInitialEvents", "true");
      query.put("resourceVersionMatch", "NotOlderThan");
    }
    if (options.allowBookmarks()) {
      query.put("allowWatchBookmarks", "true");
    }
    return ListQuery.forWatch(QueryParams.of(query));
  }

  private static Map<String, String> selectors(String labels, String fields) {
    Map<String, String> query = new LinkedHashMap<>();
    put(query, "labelSelector", labels);
    put(query, "fieldSelector", fields);
    return query;
  }

  private static void put(Map<String, String> query, String name, String value) {
    if (!value.isEmpty()) {
      query.put(name, value);
    }
  }
}
