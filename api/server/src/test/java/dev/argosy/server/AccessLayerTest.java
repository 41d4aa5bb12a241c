package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.server.pki.TestPki;
import dev.argosy.tenancy.audit.AuditEntry;
import dev.argosy.tenancy.audit.AuditQuery;
import dev.argosy.tenancy.audit.AuditSearch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class AccessLayerTest {

  private static AccessRig rig;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  @Test
  void aNewTenantHasAUsableCluster() throws Exception {
    String ann = rig.issuer.token("ann");
    assertThat(rig.call("GET", "/api/v1/namespaces", ann, null).json().path("items"))
        .extracting(item -> item.path("metadata").path("name").asString())
        .containsExactly("default", "kube-node-lease", "kube-public", "kube-system");
    assertThat(
            rig.call("GET", "/api/v1/namespaces/default/services/kubernetes", ann, null)
                .json()
                .path("spec")
                .path("clusterIP")
                .asString())
        .isEqualTo("10.96.0.1");
    assertThat(
            rig.call("GET", "/api/v1/namespaces/default/endpoints/kubernetes", ann, null)
                .json()
                .at("/subsets/0/addresses/0/ip")
                .asString())
        .isEqualTo("198.51.100.7");
    String slices = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";
    String selector = "?labelSelector=kubernetes.io/service-name%3Dkubernetes";
    JsonNode items = rig.call("GET", slices + selector, ann, null).json().path("items");
    assertThat(items).hasSize(1);
    assertThat(items.at("/0/endpoints/0/addresses/0").asString()).isEqualTo("198.51.100.7");
    assertThat(items.at("/0/ports/0/port").asInt()).isEqualTo(6443);
  }

  @Test
  void aDeletedTenantLeavesNothing() throws Exception {
    rig.tenant("short", "sam");
    String sam = rig.issuer.token("sam");
    String map =
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"m\",\"finalizers\":[\"example.com/x\"]}}";
    assertThat(rig.call("POST", "/api/v1/namespaces/default/configmaps", sam, map).code())
        .isEqualTo(201);
    String edit = "/apis/rbac.authorization.k8s.io/v1/clusterroles/edit";
    assertThat(rig.call("GET", edit, sam, null).json().path("rules")).isNotEmpty();
    String label = "{\"metadata\":{\"labels\":{\"own\":\"yes\"}}}";
    assertThat(rig.call("PATCH", edit, sam, label).code()).isEqualTo(200);
    String path = "/apis/tenancy.argosy.dev/v1/tenants/short";
    assertThat(rig.call("DELETE", path, rig.admin(), null).code()).isEqualTo(200);
    AccessRig.await(() -> rig.call("GET", path, rig.admin(), null).code() == 404);
    for (KindSchema kind : rig.kinds.of("short").all()) {
      GroupResource resource = kind.type().groupResource();
      assertThat(rig.objects.list(resource, "short", 0, null, 0).values())
          .as(resource + "")
          .isEmpty();
    }
    AccessRig.await(() -> rig.call("GET", "/api/v1/namespaces", sam, null).code() == 403);
  }

  @Test
  void aDeletedTenantLeavesNothingOfItsOwnKinds() throws Exception {
    rig.tenant("crafty", "cora");
    String cora = rig.issuer.token("cora");
    String definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    String definition =
        """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
         "metadata":{"name":"lamps.example.com"},
         "spec":{"group":"example.com","scope":"Namespaced",
          "names":{"plural":"lamps","kind":"Lamp"},
          "conversion":{"strategy":"Webhook","webhook":{"conversionReviewVersions":["v1"],
           "clientConfig":{"url":"https://nobody.invalid/"}}},
          "versions":[
           {"name":"v1","served":true,"storage":false,
            "schema":{"openAPIV3Schema":{"type":"object"}}},
           {"name":"v1beta1","served":true,"storage":true,
            "schema":{"openAPIV3Schema":{"type":"object"}}}]}}
        """;
    assertThat(rig.call("POST", definitions, cora, definition).code()).isEqualTo(201);
    String lamp = "{\"metadata\":{\"name\":\"l\",\"finalizers\":[\"example.com/x\"]}}";
    String lamps = "/apis/example.com/v1beta1/namespaces/default/lamps";
    assertThat(rig.call("POST", lamps, cora, lamp).code()).isEqualTo(201);
    String path = "/apis/tenancy.argosy.dev/v1/tenants/crafty";
    assertThat(rig.call("DELETE", path, rig.admin(), null).code()).isEqualTo(200);
    AccessRig.await(() -> rig.call("GET", path, rig.admin(), null).code() == 404);
    for (GroupResource resource :
        java.util.List.of(
            new GroupResource("example.com", "lamps"),
            new GroupResource("apiextensions.k8s.io", "customresourcedefinitions"))) {
      assertThat(rig.objects.list(resource, "crafty", 0, null, 0).values())
          .as(resource + "")
          .isEmpty();
    }
  }

  @Test
  void reviewsAnswerLikeRequests() throws Exception {
    String ann = rig.issuer.token("ann");
    String ask =
        "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\",\"spec\":{\"resourceAttributes\":{\"verb\":\"delete\",\"resource\":\"pods\",\"namespace\":\"default\"}}}";
    String path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    JsonNode status = rig.call("POST", path, ann, ask).json().path("status");
    assertThat(status.path("allowed").asBoolean()).isTrue();
    assertThat(status.path("reason").asString()).contains("acme-admin");
    String node = ask.replace("\"pods\",\"namespace\":\"default\"", "\"nodes\"");
    status = rig.call("POST", path, ann, node).json().path("status");
    assertThat(status.path("allowed").asBoolean()).isFalse();
    assertThat(status.path("reason").asString()).contains("belong to the platform");
    String who = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";
    assertThat(
            rig.call("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", ann, who)
                .json()
                .path("status")
                .path("userInfo")
                .path("username")
                .asString())
        .isEqualTo("ann");
    String rules =
        "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectRulesReview\",\"spec\":{\"namespace\":\"default\"}}";
    assertThat(
            rig.call("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", ann, rules)
                .json()
                .path("status")
                .path("resourceRules"))
        .isNotEmpty();
    assertThat(
            rig.call(
                    "POST",
                    path,
                    ann,
                    "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\",\"spec\":{}}")
                .code())
        .isEqualTo(422);
  }

  /** What Kubernetes' library for API servers does at its start, and for each request. */
  @Test
  void apiServersOfATenantMayAskWhoTheyServe() throws Exception {
    String ann = rig.issuer.token("ann");
    String accounts = "/api/v1/namespaces/default/serviceaccounts";
    rig.call(
        "POST",
        accounts,
        ann,
        "{\"apiVersion\":\"v1\",\"kind\":\"ServiceAccount\",\"metadata\":{\"name\":\"server\"}}");
    String token =
        rig.call(
                "POST",
                accounts + "/server/token",
                ann,
                "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{}}")
            .json()
            .path("status")
            .path("token")
            .asString();
    String config = "/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication";
    assertThat(token).isNotEmpty();
    assertThat(rig.call("GET", config, token, null).code()).isEqualTo(403);
    bind(ann, "/", "ClusterRoleBinding", "ClusterRole", "system:auth-delegator");
    bind(
        ann,
        "/namespaces/kube-system/",
        "RoleBinding",
        "Role",
        "extension-apiserver-authentication-reader");
    AccessRig.Answer shown = rig.call("GET", config, ann, null);
    assertThat(shown.code()).as(shown.body()).isEqualTo(200);
    AccessRig.await(() -> rig.call("GET", config, token, null).code() == 200);
    assertThat(rig.call("GET", config, token, null).body())
        .contains("requestheader-client-ca-file");
    String review =
        "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\""
            + token
            + "\"}}";
    String reviews = "/apis/authentication.k8s.io/v1/tokenreviews";
    AccessRig.await(() -> rig.call("POST", reviews, token, review).code() == 201);
    JsonNode user = rig.call("POST", reviews, token, review).json().path("status");
    assertThat(user.path("authenticated").asBoolean()).isTrue();
    JsonNode allowed =
        rig.call(
                "POST",
                "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                token,
                "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SubjectAccessReview\",\"spec\":{"
                    + "\"user\":\"ann\",\"resourceAttributes\":{\"verb\":\"list\",\"group\":\"wardle.example\","
                    + "\"resource\":\"flunders\",\"namespace\":\"default\"}}}")
            .json()
            .path("status");
    assertThat(allowed.path("allowed").asBoolean()).as(allowed.toString()).isTrue();
  }

  private static void bind(String user, String where, String kind, String roleKind, String role)
      throws Exception {
    String body =
        "{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\""
            + kind
            + "\",\"metadata\":{\"name\":\"extension\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\""
            + roleKind
            + "\",\"name\":\""
            + role
            + "\"},\"subjects\":[{\"kind\":\"ServiceAccount\",\"name\":\"server\",\"namespace\":\"default\"}]}";
    String resource = kind.toLowerCase(java.util.Locale.ROOT) + "s";
    AccessRig.Answer made =
        rig.call("POST", "/apis/rbac.authorization.k8s.io/v1" + where + resource, user, body);
    assertThat(made.code()).as(made.body()).isEqualTo(201);
  }

  @Test
  void impersonationStaysInItsCluster() throws Exception {
    java.net.http.HttpResponse<String> root =
        java.net.http.HttpClient.newHttpClient()
            .send(
                java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create(
                            "http://127.0.0.1:"
                                + rig.server.port()
                                + "/clusters/root/api/v1/nodes"))
                    .header("Authorization", "Bearer " + rig.issuer.token("ann"))
                    .header("Impersonate-User", "x")
                    .header("Impersonate-Group", "system:masters")
                    .build(),
                java.net.http.HttpResponse.BodyHandlers.ofString());
    assertThat(root.statusCode()).isEqualTo(403);
  }

  @Test
  void nodesJoinByToken() throws Exception {
    String token = "abcdef.0123456789abcdef";
    ObjectNode secret = Json.object();
    secret
        .put("apiVersion", "v1")
        .put("kind", "Secret")
        .put("type", "bootstrap.kubernetes.io/token");
    secret.putObject("metadata").put("name", "bootstrap-token-abcdef");
    secret
        .putObject("stringData")
        .put("token-id", "abcdef")
        .put("token-secret", "0123456789abcdef")
        .put("usage-bootstrap-authentication", "true");
    String secrets = "/api/v1/namespaces/kube-system/secrets";
    AccessRig.await(
        () -> rig.call("GET", "/api/v1/namespaces/kube-system", rig.admin(), null).code() == 200);
    assertThat(rig.call("POST", secrets, rig.admin(), secret.toString()).code()).isEqualTo(201);

    assertThat(status(token, "n1", "CN=system:node:n1,O=system:nodes", "Approved"))
        .contains("cert");
    assertThat(status(token, "n2", "CN=boss,O=system:masters", "Denied")).isEqualTo("Denied");
    assertThat(rig.call("GET", secrets, token, null).code()).isEqualTo(403);
  }

  /** What became of a request: the condition, and "cert" if there is a certificate. */
  private String status(String token, String name, String subject, String wanted) throws Exception {
    String path = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    ObjectNode request = Json.object();
    request
        .put("apiVersion", "certificates.k8s.io/v1")
        .put("kind", "CertificateSigningRequest")
        .putObject("metadata")
        .put("name", name);
    ObjectNode spec = request.putObject("spec");
    spec.put("signerName", "kubernetes.io/kube-apiserver-client-kubelet");
    spec.put(
        "request",
        Base64.getEncoder()
            .encodeToString(TestPki.request(subject).getBytes(StandardCharsets.UTF_8)));
    spec.putArray("usages").add("client auth").add("digital signature");
    AccessRig.Answer made = rig.call("POST", path, token, request.toString());
    assertThat(made.code()).as(made.body()).isEqualTo(201);
    AccessRig.await(() -> {
      JsonNode status = rig.call("GET", path + "/" + name, token, null).json().path("status");
      return wanted.equals("Denied")
          ? status.path("conditions").size() > 0
          : status.has("certificate");
    });
    JsonNode status = rig.call("GET", path + "/" + name, token, null).json().path("status");
    return status.path("conditions").path(0).path("type").asString()
        + (status.has("certificate") ? " cert" : "");
  }

  @Test
  void changesAreAudited() throws Exception {
    String map = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"seen\"}}";
    rig.call("POST", "/api/v1/namespaces/default/configmaps", rig.issuer.token("ann"), map);
    rig.call("DELETE", "/clusters/acme/api/v1/namespaces/default", rig.issuer.token("eve"), null);
    AccessRig.await(() ->
        audited().stream().anyMatch(e -> e.who().user().equals("eve"))
            && audited().stream().anyMatch(e -> e.who().user().equals("ann")));
    assertThat(audited()).extracting(e -> e.what().name()).contains("seen");
    assertThat(audited())
        .filteredOn(e -> e.who().user().equals("eve"))
        .first()
        .satisfies(e -> assertThat(e.answer().decision()).isEqualTo("forbid"))
        .satisfies(e -> assertThat(e.details().annotations()).contains("\"forbid\""))
        .extracting(e -> e.answer().code())
        .isEqualTo(403);
    String role = "{\"metadata\":{\"name\":\"nul\"},\"rules\":[]}";
    rig.call(
        "POST",
        "/clusters/acme/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles",
        rig.admin(),
        role);
    AccessRig.await(() ->
        audited().stream().anyMatch(e -> e.details().request().orElse("").contains("\"nul\"")));
  }

  /** The whole entries of the newest hundred. */
  private static List<AuditEntry> audited() {
    AuditSearch search = new AuditSearch(rig.database, Duration.ofSeconds(30));
    AuditQuery acme =
        new AuditQuery(Optional.of("acme"), List.of(), Optional.empty(), Optional.empty());
    return search.search(acme, Optional.empty(), 100).entries().stream()
        .map(e -> search.find("acme", e.sequence()).orElseThrow().entry())
        .toList();
  }

  @Test
  void badTenantsAndMembersAreRefusedClearly() throws Exception {
    for (String[] bad :
        new String[][] {
          {"tenants", "Tenant", "root", "{}"},
          {"tenants", "Tenant", "child", "{\"parent\":\"nosuch\"}"},
          {
            "members",
            "Member",
            "m",
            "{\"tenant\":\"nosuch\",\"role\":\"admin\",\"subject\":{\"kind\":\"User\",\"name\":\"x\"}}"
          },
          {
            "members",
            "Member",
            "m",
            "{\"tenant\":\"acme\",\"role\":\"king\",\"subject\":{\"kind\":\"User\",\"name\":\"x\"}}"
          },
          {
            "members",
            "Member",
            "m",
            "{\"tenant\":\"acme\",\"role\":\"admin\",\"subject\":{\"kind\":\"Group\",\"name\":\"system:masters\"}}"
          },
          {
            "members",
            "Member",
            "m",
            "{\"tenant\":\"acme\",\"role\":\"admin\",\"subject\":{\"kind\":\"ServiceAccount\",\"name\":\"x\"}}"
          },
        }) {
      AccessRig.Answer answer =
          rig.call(
              "POST",
              "/apis/tenancy.argosy.dev/v1/" + bad[0],
              rig.admin(),
              "{\"apiVersion\":\"tenancy.argosy.dev/v1\",\"kind\":\"%s\",\"metadata\":{\"name\":\"%s\"},\"spec\":%s}"
                  .formatted(bad[1], bad[2], bad[3]));
      assertThat(answer.code()).as(answer.body()).isEqualTo(422);
    }
  }
}
