package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory.Phase;
import dev.argosy.server.authz.BootstrapObjects;
import dev.argosy.server.authz.BootstrapRbac;
import dev.argosy.server.authz.RbacKind;
import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import dev.argosy.server.testing.TestStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bootstrap roles and bindings look like stored objects, though nobody stores them. */
class BootstrapObjectsTest {

  private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
  private static final String ROLES = "/clusters/acme" + RBAC + "clusterroles";
  private static final String MERGE = "application/merge-patch+json";
  private static final String LABEL = "{\"metadata\":{\"labels\":{\"own\":\"yes\"}}}";

  private TestServer server;
  private TestClient client;

  @BeforeEach
  void start() {
    server =
        TestServer.start(
            Map.of("argosy.api.bookmark-interval", "PT0.2S"),
            parts -> parts.presets(new BootstrapObjects(BootstrapRbac.load(), parts.caches())));
    client = server.client();
    server.clusters.put("globex", Phase.ACTIVE, Set.of("default"));
    var made =
        client.post(
            "/clusters/globex/api/v1/namespaces", "{\"metadata\":{\"name\":\"kube-system\"}}");
    assertThat(made.code()).as(made.text()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.path("items").forEach(i -> names.add(i.path("metadata").path("name").asString("")));
    return names;
  }

  private long stored(RbacKind kind, String cluster) {
    return server.store.list(kind.resource(), cluster, 0, null, 0).values().size();
  }

  @Test
  void listsShowThem() {
    JsonNode list = client.get(ROLES).json();
    assertThat(names(list))
        .isSorted()
        .doesNotHaveDuplicates()
        .contains("admin", "cluster-admin", "edit", "view", "system:node");
    assertThat(names(client.get("/clusters/acme" + RBAC + "clusterrolebindings").json()))
        .contains("cluster-admin", "system:discovery");
    assertThat(names(client.get("/clusters/acme" + RBAC + "roles").json()))
        .contains("extension-apiserver-authentication-reader");
    String here = "/clusters/acme" + RBAC + "namespaces/";
    assertThat(names(client.get(here + "kube-system/rolebindings").json()))
        .contains("system::leader-locking-kube-scheduler");
    assertThat(names(client.get(here + "default/rolebindings").json())).isEmpty();
    assertThat(client.get("/clusters/*" + RBAC + "clusterroles").json().path("items")).isEmpty();
    for (RbacKind kind : RbacKind.values()) {
      assertThat(stored(kind, "acme")).isZero();
    }
  }

  @Test
  void oneLooksAsInKubernetes() {
    JsonNode edit = client.get(ROLES + "/edit").json();
    JsonNode meta = edit.path("metadata");
    JsonNode system = client.get("/clusters/acme/api/v1/namespaces/kube-system").json();
    assertThat(meta.path("uid").asString()).hasSize(36);
    assertThat(meta.path("resourceVersion").asString()).isEqualTo("1");
    assertThat(meta.path("creationTimestamp"))
        .isEqualTo(system.path("metadata").path("creationTimestamp"));
    assertThat(meta.path("labels").path("kubernetes.io/bootstrapping").asString())
        .isEqualTo("rbac-defaults");
    assertThat(meta.path("labels").path("rbac.authorization.k8s.io/aggregate-to-admin").asString())
        .isEqualTo("true");
    assertThat(
            meta.path("annotations").path("rbac.authorization.kubernetes.io/autoupdate").asString())
        .isEqualTo("true");
    assertThat(edit.path("rules").size()).isGreaterThan(10);
    assertThat(edit.at("/aggregationRule/clusterRoleSelectors/0/matchLabels").size()).isEqualTo(1);
    JsonNode binding =
        client.get("/clusters/acme" + RBAC + "clusterrolebindings/cluster-admin").json();
    assertThat(binding.at("/roleRef/name").asString()).isEqualTo("cluster-admin");
    assertThat(binding.at("/subjects/0/kind").asString()).isEqualTo("Group");
    assertThat(binding.at("/subjects/0/name").asString()).isEqualTo("system:masters");
    JsonNode account =
        client.get("/clusters/acme" + RBAC + "clusterrolebindings/system:kube-dns").json();
    assertThat(account.at("/subjects/0"))
        .isEqualTo(
            Json.parse(
                "{\"kind\":\"ServiceAccount\",\"name\":\"kube-dns\",\"namespace\":\"kube-system\"}"
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(client.get(ROLES + "/edit").text()).isEqualTo(client.get(ROLES + "/edit").text());
    assertThat(client.get(ROLES + "/nosuch").code()).isEqualTo(404);
    var table =
        client.get(
            ROLES, "Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
    assertThat(table.at("rows.0.cells.0")).isEqualTo("admin");
  }

  @Test
  void pagesHaveEachOnce() {
    client.post(ROLES, "{\"metadata\":{\"name\":\"cool\"},\"rules\":[]}");
    client.patch(ROLES + "/edit", MERGE, LABEL);
    List<String> all = names(client.get(ROLES).json());
    assertThat(all).contains("cool", "edit").doesNotHaveDuplicates();
    List<String> paged = new ArrayList<>();
    String next = "";
    do {
      var page = client.get(ROLES + "?limit=7" + (next.isEmpty() ? "" : "&continue=" + next));
      assertThat(page.code()).as(page.text()).isEqualTo(200);
      paged.addAll(names(page.json()));
      next = page.at("metadata.continue");
    } while (!next.isEmpty());
    assertThat(paged).isEqualTo(all);
  }

  @Test
  void selectorsFindThem() {
    String label = "?labelSelector=kubernetes.io/bootstrapping%3Drbac-defaults";
    assertThat(names(client.get(ROLES + label).json())).contains("view", "edit");
    assertThat(names(client.get(ROLES + "?fieldSelector=metadata.name%3Dview").json()))
        .containsExactly("view");
    assertThat(names(client.get(ROLES + "?labelSelector=own%3Dyes").json())).isEmpty();
    client.patch(
        ROLES + "/edit",
        MERGE,
        "{\"metadata\":{\"labels\":{\"own\":\"yes\",\"kubernetes.io/bootstrapping\":null}}}");
    assertThat(names(client.get(ROLES + "?labelSelector=own%3Dyes").json()))
        .containsExactly("edit");
    assertThat(names(client.get(ROLES + label).json())).contains("view").doesNotContain("edit");
  }

  @Test
  void aChangeStoresACopyWhichHidesThePresetUntilDeleted() {
    var before = client.get(ROLES + "/view");
    assertThat(client.post(ROLES, before.text().replace("\"resourceVersion\":\"1\",", "")).code())
        .isEqualTo(409);
    assertThat(client.patch(ROLES + "/view", MERGE, "{}").text()).isEqualTo(before.text());
    assertThat(client.delete(ROLES + "/view", "").code()).isEqualTo(409);
    assertThat(stored(RbacKind.CLUSTER_ROLE, "acme")).isZero();

    ObjectNode wanted = (ObjectNode) before.json();
    wanted.withObject("/metadata/labels").put("own", "yes");
    var put = client.put(ROLES + "/view", wanted.toString());
    assertThat(put.code()).as(put.text()).isEqualTo(200);
    assertThat(put.at("metadata.uid")).isNotEqualTo(before.at("metadata.uid"));
    assertThat(put.at("metadata.creationTimestamp"))
        .isEqualTo(before.at("metadata.creationTimestamp"));
    assertThat(client.get(ROLES + "/view").text()).isEqualTo(put.text());
    assertThat(stored(RbacKind.CLUSTER_ROLE, "acme")).isEqualTo(1);
    assertThat(client.put(ROLES + "/view", wanted.toString()).code()).isEqualTo(409);

    assertThat(client.delete(ROLES + "/view", "").code()).isEqualTo(200);
    assertThat(client.get(ROLES + "/view").text()).isEqualTo(before.text());
    assertThat(stored(RbacKind.CLUSTER_ROLE, "acme")).isZero();
  }

  @Test
  void dryRunStoresNothing() {
    var dry = client.patch(ROLES + "/view?dryRun=All", MERGE, LABEL);
    assertThat(dry.at("metadata.labels.own")).isEqualTo("yes");
    assertThat(stored(RbacKind.CLUSTER_ROLE, "acme")).isZero();
  }

  @Test
  void deletingTheCollectionLeavesThem() {
    List<String> all = names(client.get(ROLES).json());
    client.post(ROLES, "{\"metadata\":{\"name\":\"mine\"},\"rules\":[]}");
    client.patch(ROLES + "/edit", MERGE, LABEL);
    assertThat(client.delete(ROLES, "").code()).isEqualTo(200);
    assertThat(names(client.get(ROLES).json())).isEqualTo(all);
    assertThat(stored(RbacKind.CLUSTER_ROLE, "acme")).isZero();
  }

  @Test
  void watchesTellThem() {
    client.post(ROLES, "{\"metadata\":{\"name\":\"cool\"},\"rules\":[]}");
    List<String> all = names(client.get(ROLES).json());
    String query =
        "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
            + "&allowWatchBookmarks=true&timeoutSeconds=20";
    try (TestStream stream = client.stream(ROLES + query)) {
      for (String name : all) {
        assertThat(stream.nextShort()).isEqualTo("ADDED " + name);
      }
      JsonNode end = stream.next().orElseThrow();
      assertThat(end.at("/object/metadata/annotations/k8s.io~1initial-events-end").asString(""))
          .isEqualTo("true");
      client.patch(ROLES + "/edit", MERGE, LABEL);
      client.delete(ROLES + "/edit", "");
      JsonNode modified = change(stream, "MODIFIED");
      JsonNode deleted = change(stream, "DELETED");
      JsonNode added = change(stream, "ADDED");
      assertThat(modified.at("/metadata/labels/own").asString()).isEqualTo("yes");
      assertThat(deleted.at("/metadata/uid")).isEqualTo(modified.at("/metadata/uid"));
      assertThat(added.at("/metadata/uid"))
          .isEqualTo(client.get(ROLES + "/edit").json().at("/metadata/uid"));
      assertThat(added.at("/metadata/labels").has("own")).isFalse();
      assertThat(added.at("/metadata/resourceVersion"))
          .isEqualTo(deleted.at("/metadata/resourceVersion"));
    }
  }

  @Test
  void watchesWithASelectorTellComingAndGoing() {
    String from = client.get(ROLES).at("metadata.resourceVersion");
    String bootstrap = "&labelSelector=kubernetes.io/bootstrapping%3Drbac-defaults";
    try (TestStream stream =
        client.stream(ROLES + "?watch=true&resourceVersion=" + from + bootstrap)) {
      client.patch(
          ROLES + "/edit",
          MERGE,
          "{\"metadata\":{\"labels\":{\"kubernetes.io/bootstrapping\":null}}}");
      change(stream, "DELETED");
      client.delete(ROLES + "/edit", "");
      change(stream, "ADDED");
    }
  }

  private static JsonNode change(TestStream stream, String type) {
    JsonNode event = stream.next().orElseThrow();
    while (event.path("type").asString("").equals("BOOKMARK")) {
      event = stream.next().orElseThrow();
    }
    assertThat(event.path("type").asString()).as(event.toString()).isEqualTo(type);
    assertThat(event.at("/object/metadata/name").asString()).isEqualTo("edit");
    return event.path("object");
  }

  @Test
  void clustersDoNotMeet() {
    String others = "/clusters/globex" + RBAC + "clusterroles";
    assertThat(client.get(others + "/edit").at("metadata.uid"))
        .isNotEqualTo(client.get(ROLES + "/edit").at("metadata.uid"));
    String before = client.get(others + "/edit").text();
    client.patch(ROLES + "/edit", MERGE, LABEL);
    assertThat(client.get(others + "/edit").text()).isEqualTo(before);
    assertThat(names(client.get(others).json())).isEqualTo(names(client.get(ROLES).json()));
    Set<String> uids = new HashSet<>();
    for (String collection : List.of(ROLES, others)) {
      JsonNode items = client.get(collection).json().path("items");
      IntStream.range(0, items.size())
          .forEach(
              i -> assertThat(uids.add(items.at("/" + i + "/metadata/uid").asString())).isTrue());
    }
    assertThat(
            server.store.get(new ObjectKey(RbacKind.CLUSTER_ROLE.resource(), "globex", "", "edit")))
        .isEmpty();
  }
}
