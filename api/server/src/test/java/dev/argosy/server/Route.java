package dev.argosy.server;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.registry.KindTables;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request of those that walk all that is served.
 *
 * @param verb as authorizers name it
 * @param type null for paths that are no resources
 * @param subresource empty for the object itself
 */
record Route(
    String method,
    String path,
    @Nullable String body,
    String verb,
    @Nullable ResourceType type,
    String subresource) {

  /** A watch that whoever may watch is refused at once, for its words. */
  private static final String UNREADABLE = "?watch=1&resourceVersion=x";

  private static final List<String> OTHER_PATHS =
      List.of(
          "/",
          "/api",
          "/apis",
          "/api/v1",
          "/apis/apps/v1",
          "/version",
          "/healthz",
          "/livez",
          "/readyz",
          "/metrics",
          "/metrics/slis",
          "/debug/requests",
          "/openapi/v2",
          "/openapi/v3",
          "/openid/v1/jwks",
          "/.well-known/openid-configuration",
          "/argosy/v1/tunnel",
          "/argosy/v1/use",
          "/audit/export",
          "/usage",
          "/quota-history",
          "/encryption",
          "/export",
          "/nosuch");

  /** The kinds of tenants and those of the platform. */
  static Set<ResourceType> types(KindTables kinds) {
    Set<ResourceType> types = new LinkedHashSet<>();
    kinds.of("acme").all().stream().map(KindSchema::type).forEach(types::add);
    kinds.of("root").all().stream().map(KindSchema::type).forEach(types::add);
    return types;
  }

  static String collection(ResourceType type) {
    String group = type.group().isEmpty() ? "/api/" : "/apis/" + type.group() + "/";
    String namespace = type.namespaced() ? "/namespaces/default" : "";
    return group + type.version() + namespace + "/" + type.resource();
  }

  /** Every route of every kind, and the paths that are no resources. */
  static List<Route> all(KindTables kinds) {
    List<Route> routes = new ArrayList<>();
    types(kinds).forEach(type -> add(routes, type));
    for (String path : OTHER_PATHS) {
      routes.add(new Route("GET", path, null, "get", null, ""));
    }
    return routes;
  }

  private static void add(List<Route> routes, ResourceType type) {
    String all = collection(type);
    String one = all + "/x";
    routes.add(new Route("POST", all, "{}", "create", type, ""));
    for (String subresource : type.subresources()) {
      String path = one + "/" + subresource;
      routes.add(new Route("GET", path, null, "get", type, subresource));
      routes.add(new Route("PUT", path, "{}", "update", type, subresource));
      routes.add(new Route("PATCH", path, "{}", "patch", type, subresource));
      routes.add(new Route("POST", path, "{}", "create", type, subresource));
    }
    if (type.stored()) {
      routes.add(new Route("GET", all, null, "list", type, ""));
      routes.add(new Route("GET", all + UNREADABLE, null, "watch", type, ""));
      routes.add(new Route("GET", one, null, "get", type, ""));
      routes.add(new Route("PUT", one, "{}", "update", type, ""));
      routes.add(new Route("PATCH", one, "{}", "patch", type, ""));
      routes.add(new Route("DELETE", one, null, "delete", type, ""));
      routes.add(new Route("DELETE", all, null, "deletecollection", type, ""));
    }
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
