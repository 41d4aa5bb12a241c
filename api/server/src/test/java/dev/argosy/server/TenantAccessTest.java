package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Authentication and authorization of two tenants at once, each as a cluster of its own. */
class TenantAccessTest {

  private static final String ROLES = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
  private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";
  private static final String SECRETS = "/api/v1/namespaces/default/secrets";
  private static final String TOKEN_REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";

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
    for (String admin : new String[] {ann, gus}) {
      ok(201, rig.call("POST", ACCOUNTS, admin, "{\"metadata\":{\"name\":\"app\"}}"));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static String role(String name, String label, String resource) {
    return """
    {"metadata":{"name":"%s","labels":{"rbac.authorization.k8s.io/%s":"true"}},
     "rules":[{"verbs":["get"],"apiGroups":["example.com"],"resources":["%s"]}]}
    """
        .formatted(name, label, resource);
  }

  private static boolean shows(String admin, String role, String resource) throws Exception {
    return ok(200, rig.call("GET", ROLES + "/" + role, admin, null))
        .path("rules")
        .toString()
        .contains("\"" + resource + "\"");
  }

  @Test
  void rolesShowWhatTheyCollectInTheirClusterOnly() throws Exception {
    ok(201, rig.call("POST", ROLES, ann, role("gadgets", "aggregate-to-view", "gadgets")));
    for (String collecting : new String[] {"view", "edit", "admin"}) {
      AccessRig.await(() -> shows(ann, collecting, "gadgets"));
      assertThat(shows(gus, collecting, "gadgets")).isFalse();
    }
    String own =
        """
        {"metadata":{"name":"mine"},"rules":[],
         "aggregationRule":{"clusterRoleSelectors":[
          {"matchExpressions":[{"key":"team","operator":"In","values":["a","b"]}]}]}}
        """;
    ok(201, rig.call("POST", ROLES, ann, own));
    ok(
        201,
        rig.call(
            "POST",
            ROLES,
            ann,
            "{\"metadata\":{\"name\":\"part\",\"labels\":{\"team\":\"b\"}},\"rules\":[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}]}"));
    AccessRig.await(() -> shows(ann, "mine", "pods"));
    assertThat(rig.call("DELETE", ROLES + "/gadgets", ann, null).code()).isEqualTo(200);
    AccessRig.await(() -> !shows(ann, "admin", "gadgets"));
    AccessRig.await(() -> !shows(ann, "view", "gadgets"));
  }

  private String token(String admin, String spec) throws Exception {
    return ok(201, rig.call("POST", ACCOUNTS + "/app/token", admin, "{\"spec\":" + spec + "}"))
        .path("status")
        .path("token")
        .asString();
  }

  /** As go-oidc in a pod does: everything begins with the issuer in the token. */
  @Test
  void anIssuersDocumentsVerifyItsTokens() throws Exception {
    for (Map.Entry<String, String> tenant : Map.of("acme", ann, "globex", gus).entrySet()) {
      String token = token(tenant.getValue(), "{\"audiences\":[\"oidc-discovery-test\"]}");
      String inPod = token(tenant.getValue(), "{}");
      SignedJWT jwt = SignedJWT.parse(token);
      String issuer = jwt.getJWTClaimsSet().getIssuer();
      assertThat(issuer).isEqualTo("https://kubernetes.default.svc/clusters/" + tenant.getKey());
      JsonNode document =
          ok(
              200,
              rig.call(
                  "GET",
                  URI.create(issuer + "/.well-known/openid-configuration").getPath(),
                  inPod,
                  null));
      assertThat(document.path("issuer").asString()).isEqualTo(issuer);
      URI keys = URI.create(document.path("jwks_uri").asString());
      assertThat(keys.getHost()).isEqualTo("kubernetes.default.svc");
      AccessRig.Answer set = rig.call("GET", keys.getPath(), inPod, null);
      JWK key = JWKSet.parse(set.body()).getKeyByKeyId(jwt.getHeader().getKeyID());
      assertThat(
              jwt.verify(
                  new DefaultJWSVerifierFactory()
                      .createJWSVerifier(jwt.getHeader(), ((AsymmetricJWK) key).toPublicKey())))
          .isTrue();
      assertThat(rig.call("GET", keys.getPath(), null, null).code()).isEqualTo(403);
    }
    String foreign = "/clusters/globex/.well-known/openid-configuration";
    assertThat(rig.call("GET", foreign, token(ann, "{}"), null).code()).isEqualTo(403);
  }

  @Test
  void tokenRequestsAnswerInKubernetesWords() throws Exception {
    JsonNode made =
        ok(
            201,
            rig.call(
                "POST",
                ACCOUNTS + "/app/token",
                ann,
                "{\"spec\":{\"expirationSeconds\":99999999}}"));
    assertThat(made.path("spec").path("expirationSeconds").asLong()).isEqualTo(2_592_000);
    assertThat(made.path("metadata").path("name").asString()).isEqualTo("app");
    assertThat(made.path("metadata").path("uid").asString()).hasSize(36);
    refused(
        422,
        "{\"spec\":{\"expirationSeconds\":599}}",
        "TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid"
            + " value: 599: may not specify a duration less than 10 minutes");
    refused(
        422,
        "{\"spec\":{\"expirationSeconds\":4294967297}}",
        "TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid"
            + " value: 4294967297: may not specify a duration larger than 2^32 seconds");
    refused(
        422,
        "{\"metadata\":{\"name\":\"other\"}}",
        "TokenRequest.authentication.k8s.io \"app\" is invalid: metadata.name: Invalid value:"
            + " \"other\": must match the service account name if specified");
    refused(
        400,
        "{\"spec\":{\"boundObjectRef\":{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"name\":\"x\"}}}",
        "cannot bind token to object of type apps/v1, Kind=Deployment");
    refused(
        404,
        "{\"spec\":{\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"name\":\"x\"}}}",
        "secrets \"x\" not found");
  }

  private static void refused(int code, String body, String message) throws Exception {
    JsonNode status = ok(code, rig.call("POST", ACCOUNTS + "/app/token", ann, body));
    assertThat(status.path("message").asString()).isEqualTo(message);
  }

  @Test
  void secretsForTokensAreFilledAndDieWithTheirAccount() throws Exception {
    ok(201, rig.call("POST", ACCOUNTS, ann, "{\"metadata\":{\"name\":\"old\"}}"));
    String secret =
        """
        {"type":"kubernetes.io/service-account-token",
         "metadata":{"name":"old-token","annotations":{"kubernetes.io/service-account.name":"old"}}}
        """;
    ok(201, rig.call("POST", SECRETS, ann, secret));
    String path = SECRETS + "/old-token";
    AccessRig.await(() -> rig.call("GET", path, ann, null).json().path("data").has("token"));
    JsonNode data = ok(200, rig.call("GET", path, ann, null)).path("data");
    assertThat(decoded(data, "namespace")).isEqualTo("default");
    assertThat(decoded(data, "ca.crt")).startsWith("-----BEGIN CERTIFICATE-----");
    String token = decoded(data, "token");
    JsonNode mine = review(ann, token, "");
    assertThat(mine.path("authenticated").asBoolean()).isTrue();
    assertThat(mine.path("user").path("username").asString())
        .isEqualTo("system:serviceaccount:default:old");
    assertThat(review(gus, token, "").path("authenticated").asBoolean()).isFalse();
    assertThat(rig.call("GET", "/api/v1/namespaces/default/pods", token, null).code())
        .isEqualTo(403);
    ok(200, rig.call("DELETE", ACCOUNTS + "/old", ann, null));
    AccessRig.await(() -> rig.call("GET", path, ann, null).code() == 404);
    assertThat(rig.call("GET", "/version", token, null).code()).isEqualTo(401);
  }

  private static String decoded(JsonNode data, String key) {
    return new String(
        Base64.getDecoder().decode(data.path(key).asString("")), StandardCharsets.UTF_8);
  }

  private static JsonNode review(String reviewer, String token, String audiences) throws Exception {
    return ok(
            201,
            rig.call(
                "POST",
                TOKEN_REVIEWS,
                reviewer,
                "{\"spec\":{\"token\":\"" + token + "\",\"audiences\":[" + audiences + "]}}"))
        .path("status");
  }

  @Test
  void tokenReviewsSayWhy() throws Exception {
    String vault = token(ann, "{\"audiences\":[\"vault\"]}");
    assertThat(review(ann, vault, "\"vault\",\"x\"").path("audiences").toString())
        .isEqualTo("[\"vault\"]");
    assertThat(review(ann, vault, "\"x\"").path("error").asString())
        .isEqualTo(
            "[invalid bearer token, token audiences [\"vault\"] is invalid for the target audiences"
                + " [\"x\"]]");
    AccessRig.Answer empty = rig.call("POST", TOKEN_REVIEWS, ann, "{\"spec\":{}}");
    assertThat(ok(400, empty).path("message").asString())
        .isEqualTo("token is required for TokenReview in authentication");
  }

  @Test
  void accessReviewsAreCheckedWhole() throws Exception {
    String path = "/apis/authorization.k8s.io/v1/";
    JsonNode bad =
        ok(
            422,
            rig.call(
                "POST",
                path + "subjectaccessreviews",
                ann,
                """
                {"metadata":{"name":"x"},"spec":{"resourceAttributes":{"verb":"list",
                 "resource":"pods","fieldSelector":{},
                 "labelSelector":{"requirements":[{"key":"a b","operator":"In"}]}}}}
                """));
    assertThat(bad.path("message").asString())
        .startsWith("SubjectAccessReview.authorization.k8s.io \"\" is invalid: [")
        .contains("spec.user: Invalid value: \"\": at least one of user or group must be specified")
        .contains(
            "spec.resourceAttributes.fieldSelector.requirements: Required value: when"
                + " spec.resourceAttributes.fieldSelector is specified, requirements or rawSelector"
                + " is required")
        .contains(
            "spec.resourceAttributes.labelSelector.requirements[0].values: Required value: must be"
                + " specified when `operator` is 'In' or 'NotIn'")
        .contains("metadata: Invalid value: {\"name\":\"x\"}: must be empty");
    String asked =
        """
        {"spec":{"user":"vic","resourceAttributes":{"verb":"list","resource":"pods",
         "namespace":"default",
         "labelSelector":{"requirements":[{"key":"a","operator":"Newer","values":["b"]}]}}}}
        """;
    JsonNode status =
        ok(201, rig.call("POST", path + "subjectaccessreviews", ann, asked)).path("status");
    assertThat(status.path("allowed").asBoolean()).isFalse();
    assertThat(status.has("reason")).isFalse();
    String local = path + "namespaces/kube-system/localsubjectaccessreviews";
    assertThat(ok(422, rig.call("POST", local, ann, asked)).path("message").asString())
        .isEqualTo(
            "LocalSubjectAccessReview.authorization.k8s.io \"\" is invalid:"
                + " spec.resourceAttributes.namespace: Invalid value: \"default\": must match"
                + " metadata.namespace");
    String rules = path + "selfsubjectrulesreviews";
    assertThat(ok(400, rig.call("POST", rules, ann, "{}")).path("message").asString())
        .isEqualTo("no namespace on request");
  }
}
