package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Api;
import dev.argosy.e2e.Tenant;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Argo CD's engine asks of a cluster: a cache of all it can list, kept up by watches, and a
 * difference by an apply that writes nothing. Argo CD itself is run by {@code ops/clients}.
 */
class ArgoCdTest {

  private record Listable(String path, String gvk) {}

  @TestFactory
  Stream<DynamicTest> engine() {
    return new Part("Argo CD: the engine's requests")
        .sequence("Argo CD", "list and watch every kind", ArgoCdTest::listsAndWatches)
        .sequence("Argo CD", "know every kind by OpenAPI v2", ArgoCdTest::knowsKinds)
        .sequence("Argo CD", "find no difference after an apply", ArgoCdTest::finds)
        .tests();
  }

  private static void listsAndWatches(Tenant tenant, String namespace) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (Listable one : listables(tenant)) {
        running.add(threads.submit(() -> listAndWatch(tenant, one)));
      }
      for (Future<?> one : running) {
        one.get();
      }
      assertThat(running).hasSizeGreaterThan(50);
    }
  }

  private static void listAndWatch(Tenant tenant, Listable one) {
    String next = "";
    JsonNode list;
    do {
      HttpResponse<String> page = tenant.get(one.path() + "?limit=500&continue=" + next);
      assertThat(page.statusCode()).as(one.path()).isEqualTo(200);
      list = Api.json(page);
      assertThat(list.path("items").isArray()).as(one.path()).isTrue();
      next = list.path("metadata").path("continue").asString("");
    } while (!next.isEmpty());
    String version = list.path("metadata").path("resourceVersion").asString();
    HttpResponse<String> watch =
        tenant.get(
            one.path()
                + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=1&resourceVersion="
                + version);
    assertThat(watch.statusCode()).as(one.path()).isEqualTo(200);
    assertThat(watch.body()).as(one.path()).doesNotContain("\"ERROR\"");
  }

  private static void knowsKinds(Tenant tenant, String namespace) {
    Set<String> known = new HashSet<>();
    for (JsonNode definition : Api.json(tenant.get("/openapi/v2")).path("definitions")) {
      for (JsonNode gvk : definition.path("x-kubernetes-group-version-kind")) {
        known.add(
            gvk.path("group").asString()
                + "/"
                + gvk.path("version").asString()
                + "/"
                + gvk.path("kind").asString());
      }
    }
    assertThat(listables(tenant)).extracting(Listable::gvk).allMatch(known::contains);
  }

  private static void finds(Tenant tenant, String namespace) {
    String path = "/apis/apps/v1/namespaces/" + namespace + "/deployments/web";
    String manifest =
        """
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
         "spec": {"replicas": 0, "selector": {"matchLabels": {"app": "web"}},
          "template": {"metadata": {"labels": {"app": "web"}},
           "spec": {"containers": [{"name": "web", "image": "argosy/demo:1",
                                    "ports": [{"containerPort": 80}]}]}}}}
        """;
    String apply = path + "?fieldManager=argocd-controller&force=true";
    String type = "application/apply-patch+yaml";
    assertThat(tenant.send("PATCH", apply, type, manifest).statusCode()).isEqualTo(201);
    HttpResponse<String> predicted = tenant.send("PATCH", apply + "&dryRun=All", type, manifest);
    assertThat(predicted.statusCode()).isEqualTo(200);
    JsonNode live = Api.json(tenant.get(path));
    assertThat(spec(Api.json(predicted))).isEqualTo(spec(live));
    HttpResponse<String> scaled =
        tenant.send(
            "PATCH",
            apply + "&dryRun=All",
            type,
            manifest.replace("\"replicas\": 0", "\"replicas\": 2"));
    assertThat(Api.json(scaled).path("spec").path("replicas").asInt()).isEqualTo(2);
    assertThat(Api.json(tenant.get(path)).path("spec").path("replicas").asInt()).isZero();
  }

  private static JsonNode spec(JsonNode object) {
    return ((ObjectNode) object).path("spec");
  }

  private static List<Listable> listables(Tenant tenant) {
    List<Listable> found = new ArrayList<>();
    collect(tenant, "/api/v1", "", "v1", found);
    for (JsonNode group : Api.json(tenant.get("/apis")).path("groups")) {
      String name = group.path("name").asString();
      String version = group.path("preferredVersion").path("version").asString();
      if (!name.endsWith(".example.com")) {
        collect(tenant, "/apis/" + name + "/" + version, name, version, found);
      }
    }
    return found;
  }

  private static void collect(
      Tenant tenant, String base, String group, String version, List<Listable> found) {
    for (JsonNode resource : Api.json(tenant.get(base)).path("resources")) {
      String verbs = resource.path("verbs").toString();
      String name = resource.path("name").asString();
      if (!name.contains("/") && verbs.contains("list") && verbs.contains("watch")) {
        String kind = resource.path("kind").asString();
        found.add(new Listable(base + "/" + name, group + "/" + version + "/" + kind));
      }
    }
  }
}
