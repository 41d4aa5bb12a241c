package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A tenant's objects taken out over HTTP, and put into another tenant. */
class ClusterExportTest {

  private static final String PASSWORD = "aHVudGVyMg==";

  private static AccessRig rig;
  private static String ann;
  private static String gus;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
    ann = rig.issuer.token("ann");
    gus = rig.issuer.token("gus");
    post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"shop\",\"labels\":{\"team\":\"a\"}}}");
    post(
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
        """
        {"metadata":{"name":"carts.shop.example"},"spec":{"group":"shop.example","scope":"Namespaced",
         "names":{"plural":"carts","kind":"Cart"},"versions":[{"name":"v1","served":true,"storage":true,
         "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}]}}
        """);
    post(
        in("secrets"),
        "{\"metadata\":{\"name\":\"db\",\"finalizers\":[\"example.com/f\"]},\"data\":{\"password\":\""
            + PASSWORD
            + "\"}}");
    post(in("configmaps"), "{\"metadata\":{\"name\":\"cfg\"},\"data\":{\"a\":\"b\"}}");
    post(
        in("services"),
        "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"type\":\"NodePort\",\"ports\":[{\"port\":80}]}}");
    post(
        "/apis/batch/v1/namespaces/shop/jobs",
        """
        {"metadata":{"name":"once"},"spec":{"template":{"spec":{"restartPolicy":"Never",
         "containers":[{"name":"c","image":"i"}]}}}}
        """);
    post(in("serviceaccounts"), "{\"metadata\":{\"name\":\"default\"}}");
    post(
        in("pods"),
        """
        {"metadata":{"name":"owned","ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet",
          "name":"rs","uid":"1234","controller":true}]},
         "spec":{"containers":[{"name":"c","image":"i"}]}}
        """);
    AccessRig.await(() ->
        rig.call("POST", "/apis/shop.example/v1/namespaces/shop/carts", ann, cart()).code() == 201);
  }

  private static String cart() {
    return "{\"apiVersion\":\"shop.example/v1\",\"kind\":\"Cart\",\"metadata\":{\"name\":\"c1\"},"
        + "\"items\":3}";
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static String in(String resource) {
    return "/api/v1/namespaces/shop/" + resource;
  }

  private static void post(String path, String body) throws Exception {
    ok(201, rig.call("POST", path, ann, body));
  }

  private static List<JsonNode> documents(String text) {
    List<JsonNode> all = new ArrayList<>();
    for (String document : text.split("(?m)^---$")) {
      String json = document.replaceAll("(?m)^#.*$", "").strip();
      if (!json.isEmpty()) {
        all.add(Json.mapper().readTree(json));
      }
    }
    return all;
  }

  private static String name(JsonNode document) {
    return document.path("kind").asString()
        + "/"
        + document.path("metadata").path("name").asString();
  }

  private static String path(JsonNode document) {
    String version = document.path("apiVersion").asString();
    String namespace = document.path("metadata").path("namespace").asString("");
    String plural = document.path("kind").asString().toLowerCase(Locale.ROOT) + "s";
    return (version.contains("/") ? "/apis/" : "/api/")
        + version
        + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
        + "/"
        + plural
        + "/"
        + document.path("metadata").path("name").asString();
  }

  @Test
  void whatPeopleWroteGoesIntoAnotherTenant() throws Exception {
    var answer = rig.call("GET", "/export", ann, null);
    assertThat(answer.code()).as(answer.body()).isEqualTo(200);
    List<JsonNode> documents = documents(answer.body());
    List<String> names = documents.stream().map(ClusterExportTest::name).toList();
    assertThat(names)
        .containsSubsequence(
            "CustomResourceDefinition/carts.shop.example",
            "Namespace/shop",
            "Secret/db",
            "ConfigMap/cfg",
            "Service/web",
            "Job/once",
            "Cart/c1")
        .doesNotContain("Pod/owned", "Service/kubernetes", "ConfigMap/kube-root-ca.crt");
    assertThat(answer.body())
        .contains(PASSWORD)
        .doesNotContain("resourceVersion", "\"uid\"", "clusterIP", "nodePort", "managedFields")
        .doesNotContain("controller-uid", "example.com/f", "globex");
    for (JsonNode document : documents) {
      String target = path(document) + "?fieldManager=import&force=true";
      AccessRig.await(() -> {
        var applied = apply(target, document);
        assertThat(applied.code()).as(target + applied.body()).isIn(200, 201, 404);
        return applied.code() != 404; // a definition takes a moment
      });
    }
    assertThat(
            ok(200, rig.call("GET", in("secrets/db"), gus, null))
                .path("data")
                .path("password")
                .asString())
        .isEqualTo(PASSWORD);
    assertThat(
            ok(200, rig.call("GET", "/apis/shop.example/v1/namespaces/shop/carts/c1", gus, null))
                .path("items")
                .asInt())
        .isEqualTo(3);
    assertThat(documents(rig.call("GET", "/export", gus, null).body()))
        .extracting(ClusterExportTest::name)
        .containsAll(names);
  }

  private static AccessRig.Answer apply(String target, JsonNode document) throws Exception {
    return rig.call(
        "PATCH", target, gus, document.toString(), "Content-Type", "application/apply-patch+yaml");
  }

  @Test
  void onlyWhatOneMayListIsInIt() throws Exception {
    ok(
        201,
        rig.call(
            "POST",
            "/apis/rbac.authorization.k8s.io/v1/clusterroles",
            ann,
            """
            {"metadata":{"name":"exporter"},"rules":[
              {"nonResourceURLs":["/export"],"verbs":["get"]},
              {"apiGroups":[""],"resources":["configmaps","namespaces"],"verbs":["list"]}]}
            """));
    ok(
        201,
        rig.call(
            "POST",
            "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
            ann,
            """
            {"metadata":{"name":"exporter"},
             "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"exporter"},
             "subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"eve"}]}
            """));
    String eve = rig.issuer.token("eve");
    AccessRig.await(() -> rig.call("GET", "/clusters/acme/export", eve, null).code() == 200);
    String text = rig.call("GET", "/clusters/acme/export", eve, null).body();
    assertThat(text).contains("# Left out").contains(" secrets").doesNotContain(PASSWORD);
    assertThat(documents(text)).extracting(ClusterExportTest::name).contains("ConfigMap/cfg");
    assertThat(rig.call("GET", "/clusters/globex/export", eve, null).code()).isEqualTo(403);
    assertThat(rig.call("GET", "/clusters/globex/export", ann, null).code()).isEqualTo(403);
    assertThat(rig.call("GET", "/clusters/acme/export", null, null).code()).isIn(401, 403);
    assertThat(rig.call("POST", "/export", ann, "{}").code()).isEqualTo(405);
  }
}
