package dev.argosy.server;

import static dev.argosy.server.AccessRig.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the agents of nodes may do, in the platform's cluster and in tenants'. */
class NodeAccessTest {

  private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";
  private static final String TOKEN_REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";

  private static AccessRig rig;
  private static String ann;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    rig = new AccessRig(folder);
    rig.tenant("acme", "ann");
    ok(
        200,
        rig.call(
            "PATCH",
            "/apis/tenancy.argosy.dev/v1/tenants/acme",
            rig.admin(),
            "{\"spec\":{\"podSecurity\":{\"enforce\":\"privileged\"}}}"));
    ann = rig.issuer.token("ann");
    ok(201, rig.call("POST", ACCOUNTS, ann, "{\"metadata\":{\"name\":\"app\"}}"));
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  @Test
  void agentsChangeTheirOwnNodeOnly() throws Exception {
    String nodes = "/api/v1/nodes";
    ok(
        201,
        rig.asNode(
            "n1",
            "POST",
            nodes,
            "{\"metadata\":{\"name\":\"n1\",\"labels\":{\"argosy.dev/pool\":\"default\",\"kubernetes.io/hostname\":\"n1\",\"own\":\"x\"}}}"));
    forbidden(
        rig.asNode("n1", "POST", nodes, "{\"metadata\":{\"name\":\"n2\"}}"),
        "nodes \"n2\" is forbidden: node \"n1\" is not allowed to modify node \"n2\"");
    forbidden(
        rig.asNode(
            "n3",
            "POST",
            nodes,
            "{\"metadata\":{\"name\":\"n3\",\"labels\":{\"node-restriction.kubernetes.io/a\":\"b\",\"node-role.kubernetes.io/x\":\"\"}}}"),
        "nodes \"n3\" is forbidden: node \"n3\" is not allowed to set the following labels:"
            + " node-restriction.kubernetes.io/a, node-role.kubernetes.io/x");
    forbidden(
        rig.asNode(
            "n1",
            "PATCH",
            nodes + "/n1",
            "{\"metadata\":{\"labels\":{\"argosy.dev/pool\":\"gold\",\"own\":\"y\"}}}"),
        "nodes \"n1\" is forbidden: is not allowed to modify labels: argosy.dev/pool");
    forbidden(
        rig.asNode(
            "n1",
            "PATCH",
            nodes + "/n1",
            "{\"metadata\":{\"labels\":{\"argosy.dev/fill\":\"pack\"}}}"),
        "nodes \"n1\" is forbidden: is not allowed to modify labels: argosy.dev/fill");
    forbidden(
        rig.asNode("n1", "PATCH", nodes + "/n1", "{\"spec\":{\"taints\":[]}}"),
        "nodes \"n1\" is forbidden: node \"n1\" is not allowed to modify taints");
    ok(
        200,
        rig.asNode("n1", "PATCH", nodes + "/n1", "{\"metadata\":{\"labels\":{\"own\":\"z\"}}}"));
    assertThat(
            rig.asNode("n1", "PATCH", nodes + "/n2/status", "{\"status\":{}}")
                .json()
                .path("message")
                .asString())
        .isEqualTo(
            "nodes \"n2\" is forbidden: User \"system:node:n1\" cannot patch resource"
                + " \"nodes/status\" in API group \"\" at the cluster scope: node \"n1\" is not"
                + " allowed to modify node \"n2\"");
    String leases = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases";
    forbidden(
        rig.asNode("n1", "POST", leases, "{\"metadata\":{\"name\":\"n2\"}}"),
        "leases.coordination.k8s.io \"n2\" is forbidden: can only access node lease with the same"
            + " name as the requesting node");
  }

  /** So an agent tells whose pods are none of its own. */
  @Test
  void agentsAskWhetherATenantsClusterShowsTheirNode() throws Exception {
    rig.tenant("zoo", "zoe");
    String tenants = "/apis/tenancy.argosy.dev/v1/tenants/";
    ok(
        200,
        rig.call("PATCH", tenants + "zoo", rig.admin(), "{\"spec\":{\"nodePools\":[\"gold\"]}}"));
    ok(
        201,
        rig.asNode(
            "g1",
            "POST",
            "/api/v1/nodes",
            "{\"metadata\":{\"name\":\"g1\",\"labels\":{\"argosy.dev/pool\":\"gold\"}}}"));
    String zoo = "/clusters/zoo/api/v1/nodes";
    AccessRig.await(() -> rig.asNode("g1", "GET", zoo + "/g1", null).code() == 200);
    ok(404, rig.asNode("g1", "GET", "/clusters/acme/api/v1/nodes/g1", null));
    ok(404, rig.asNode("g1", "GET", "/clusters/nobody/api/v1/nodes/g1", null));
    ok(403, rig.asNode("g2", "GET", zoo + "/g1", null));
    ok(403, rig.asNode("g1", "GET", zoo, null));
    ok(403, rig.asNode("g1", "GET", zoo + "/g1/status", null));
    ok(403, rig.asNode("g1", "PATCH", zoo + "/g1", "{\"metadata\":{\"labels\":{}}}"));
  }

  @Test
  void agentsAskForVolumesThatThePlatformMadeOnTheirNode() throws Exception {
    String volumes = "/clusters/acme/api/v1/persistentvolumes";
    for (String name : new String[] {"of-platform", "of-others"}) {
      String maker = name.equals("of-platform") ? "argosy.dev/local-path" : "example.com/disks";
      ok(
          201,
          rig.call(
              "POST",
              "/api/v1/persistentvolumes",
              ann,
              """
              {"metadata":{"name":"%s",
                "annotations":{"pv.kubernetes.io/provisioned-by":"%s"}},
              "spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],
                "local":{"path":"/volumes/x"},"storageClassName":"local-path",
                "nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[
                  {"key":"kubernetes.io/hostname","operator":"In","values":["v1"]}]}]}}}}
              """
                  .formatted(name, maker)));
    }
    ok(200, rig.asNode("v1", "GET", volumes + "/of-platform", ""));
    ok(403, rig.asNode("v2", "GET", volumes + "/of-platform", ""));
    ok(403, rig.asNode("v1", "GET", volumes + "/of-others", ""));
    ok(404, rig.asNode("v1", "GET", volumes + "/gone", ""));
    ok(403, rig.asNode("v1", "DELETE", volumes + "/of-platform", ""));
    ok(404, rig.asNode("v1", "GET", "/clusters/nobody/api/v1/persistentvolumes/gone", ""));
  }

  @Test
  void agentsSeeWhatIsAttachedToTheirNodeAndTheSecretsToMountIt() throws Exception {
    String attachments = "/apis/storage.k8s.io/v1/volumeattachments";
    ok(
        201,
        rig.call(
            "POST",
            attachments,
            ann,
            """
            {"metadata":{"name":"disk"},"spec":{"attacher":"disk.example.com","nodeName":"c1",
             "source":{"persistentVolumeName":"disk"}}}
            """));
    ok(200, rig.asNode("c1", "GET", "/clusters/acme" + attachments + "/disk", ""));
    ok(403, rig.asNode("c2", "GET", "/clusters/acme" + attachments + "/disk", ""));
    ok(404, rig.asNode("c1", "GET", "/clusters/acme" + attachments + "/gone", ""));
    ok(403, rig.asNode("c1", "GET", "/clusters/acme" + attachments, ""));
    ok(403, rig.asNode("c1", "DELETE", "/clusters/acme" + attachments + "/disk", ""));
    ok(
        201,
        rig.call(
            "POST",
            "/api/v1/persistentvolumes",
            ann,
            """
            {"metadata":{"name":"disk"},"spec":{"capacity":{"storage":"1Gi"},
             "accessModes":["ReadWriteOnce"],"csi":{"driver":"disk.example.com","volumeHandle":"h",
              "nodeStageSecretRef":{"name":"stage","namespace":"kube-system"},
              "controllerPublishSecretRef":{"name":"publish","namespace":"kube-system"}}}}
            """));
    ok(
        201,
        rig.call(
            "POST",
            "/api/v1/namespaces/default/persistentvolumeclaims",
            ann,
            """
            {"metadata":{"name":"disk"},"spec":{"volumeName":"disk","storageClassName":"",
             "accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}
            """));
    ok(
        201,
        rig.call(
            "POST",
            "/api/v1/namespaces/default/pods",
            ann,
            """
            {"metadata":{"name":"disk"},"spec":{"nodeName":"c1","serviceAccountName":"app",
             "volumes":[{"name":"v","persistentVolumeClaim":{"claimName":"disk"}}],
             "containers":[{"name":"c","image":"i"}]}}
            """));
    String secrets = "/api/v1/namespaces/kube-system/secrets";
    for (String name : new String[] {"stage", "publish"}) {
      ok(201, rig.call("POST", secrets, ann, "{\"metadata\":{\"name\":\"" + name + "\"}}"));
    }
    ok(200, rig.asNode("c1", "GET", "/clusters/acme" + secrets + "/stage", ""));
    ok(403, rig.asNode("c2", "GET", "/clusters/acme" + secrets + "/stage", ""));
    ok(403, rig.asNode("c1", "GET", "/clusters/acme" + secrets + "/publish", ""));
  }

  private static void forbidden(AccessRig.Answer answer, String message) {
    assertThat(ok(403, answer).path("message").asString()).isEqualTo(message);
  }

  @Test
  void agentsActForTheirOwnPodsOnly() throws Exception {
    String pods = "/api/v1/namespaces/default/pods";
    for (String name : new String[] {"here", "there"}) {
      String node = name.equals("here") ? "w1" : "w2";
      ok(
          201,
          rig.call(
              "POST",
              pods,
              ann,
              """
              {"metadata":{"name":"%s"},"spec":{"nodeName":"%s","serviceAccountName":"app",
               "containers":[{"name":"c","image":"i"}]}}
              """
                  .formatted(name, node)));
    }
    String acme = "/clusters/acme" + pods;
    JsonNode here = ok(200, rig.call("GET", pods + "/here", ann, null));
    String uid = here.path("metadata").path("uid").asString();
    ok(
        200,
        rig.asNode("w1", "PATCH", acme + "/here/status", "{\"status\":{\"phase\":\"Running\"}}"));
    forbidden(
        rig.asNode("w1", "PATCH", acme + "/there/status", "{\"status\":{}}"),
        "pods \"there\" is forbidden: User \"system:node:w1\" cannot patch resource \"pods/status\""
            + " in API group \"\" in the namespace \"default\": node \"w1\" can only update pod"
            + " status for pods with spec.nodeName set to itself");
    forbidden(
        rig.asNode(
            "w1",
            "PATCH",
            acme + "/here/status",
            "{\"metadata\":{\"labels\":{\"a\":\"b\"}},\"status\":{}}"),
        "pods \"here\" is forbidden: node \"w1\" cannot update labels through pod status");
    assertThat(rig.asNode("w1", "DELETE", acme + "/there", null).code()).isEqualTo(403);
    rig.call("POST", ACCOUNTS, rig.admin(), "{\"metadata\":{\"name\":\"default\"}}");
    forbidden(
        rig.asNode(
            "w1",
            "POST",
            "/api/v1/namespaces/default/pods",
            "{\"metadata\":{\"name\":\"m\"},\"spec\":{\"nodeName\":\"w1\",\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}"),
        "pods \"m\" is forbidden: pod does not have \"kubernetes.io/config.mirror\" annotation, node"
            + " \"w1\" can only create mirror pods");
    tokensFor(uid);
  }

  private static void tokensFor(String uid) throws Exception {
    String path = "/clusters/acme" + ACCOUNTS + "/app/token";
    String bound =
        "{\"spec\":{\"expirationSeconds\":3607,\"audiences\":[%s],\"boundObjectRef\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"%s\",\"uid\":\"%s\"}}}";
    JsonNode made = ok(201, rig.asNode("w1", "POST", path, bound.formatted("", "here", uid)));
    var claims = SignedJWT.parse(made.at("/status/token").asString()).getJWTClaimsSet();
    Map<?, ?> kubernetes = (Map<?, ?>) claims.getClaim("kubernetes.io");
    assertThat((Map<?, ?>) kubernetes.get("node")).extracting("name").isEqualTo("w1");
    assertThat((Number) kubernetes.get("warnafter"))
        .extracting(Number::longValue)
        .isEqualTo(claims.getIssueTime().toInstant().plusSeconds(3607).getEpochSecond());
    JsonNode who = review(ann, made.at("/status/token").asString(), "");
    assertThat(who.at("/user/extra/authentication.kubernetes.io~1pod-name/0").asString())
        .isEqualTo("here");
    assertThat(who.at("/user/extra/authentication.kubernetes.io~1credential-id/0").asString())
        .isEqualTo("JTI=" + claims.getJWTID());
    String start = "serviceaccounts \"app\" is forbidden: ";
    forbidden(
        rig.asNode("w1", "POST", path, "{\"spec\":{}}"),
        start + "node requested token not bound to a pod");
    forbidden(
        rig.asNode("w1", "POST", path, bound.formatted("", "here", "")),
        start + "node requested token with a pod binding without a uid");
    forbidden(
        rig.asNode("w1", "POST", path, bound.formatted("\"vault\"", "here", uid)),
        start
            + "audience \"vault\" not found in pod spec volume, system:node:w1 is not authorized to"
            + " request tokens for this audience");
    assertThat(
            rig.asNode("w3", "POST", path, bound.formatted("", "here", uid))
                .json()
                .path("message")
                .asString())
        .endsWith("no relationship found between node 'w3' and this object");
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
  void agentsTellTheirOwnDriversAndLabelsAndReadThePublishSecretsOfTheirPods() throws Exception {
    String csiNodes = "/apis/storage.k8s.io/v1/csinodes";
    String drivers =
        "\"spec\":{\"drivers\":[{\"name\":\"disk.example.com\",\"nodeID\":\"i\",\"topologyKeys\":"
            + "[\"topology.example.com/zone\"],\"allocatable\":{\"count\":4}}]}";
    ok(201, rig.asNode("d1", "POST", "/api/v1/nodes", "{\"metadata\":{\"name\":\"d1\"}}"));
    ok(201, rig.asNode("d1", "POST", csiNodes, "{\"metadata\":{\"name\":\"d1\"}," + drivers + "}"));
    ok(200, rig.asNode("d1", "PATCH", csiNodes + "/d1", "{\"spec\":{\"drivers\":[]}}"));
    ok(200, rig.asNode("d1", "PATCH", csiNodes + "/d1", "{" + drivers + "}"));
    ok(403, rig.asNode("d2", "PATCH", csiNodes + "/d1", "{\"spec\":{\"drivers\":[]}}"));
    forbidden(
        rig.asNode("d1", "POST", csiNodes, "{\"metadata\":{\"name\":\"d3\"}," + drivers + "}"),
        "csinodes.storage.k8s.io \"d3\" is forbidden: can only access CSINode with the same name as"
            + " the requesting node");
    String labels = "{\"metadata\":{\"labels\":{\"topology.example.com/zone\":%s}}}";
    ok(200, rig.asNode("d1", "PATCH", "/api/v1/nodes/d1", labels.formatted("\"a\"")));
    ok(200, rig.asNode("d1", "PATCH", "/api/v1/nodes/d1", labels.formatted("null")));
    ok(
        200,
        rig.asNode(
            "d1",
            "PATCH",
            "/api/v1/nodes/d1/status",
            "{\"status\":{\"volumesInUse\":[\"kubernetes.io/csi/disk.example.com^v\"]}}"));
    ok(
        201,
        rig.call(
            "POST",
            "/api/v1/namespaces/default/pods",
            ann,
            """
            {"metadata":{"name":"inline"},"spec":{"nodeName":"d1","serviceAccountName":"app",
             "volumes":[{"name":"v","csi":{"driver":"disk.example.com",
               "nodePublishSecretRef":{"name":"publishing"}}}],
             "containers":[{"name":"c","image":"i"}]}}
            """));
    String secrets = "/api/v1/namespaces/default/secrets";
    ok(201, rig.call("POST", secrets, ann, "{\"metadata\":{\"name\":\"publishing\"}}"));
    ok(200, rig.asNode("d1", "GET", "/clusters/acme" + secrets + "/publishing", ""));
    ok(403, rig.asNode("d2", "GET", "/clusters/acme" + secrets + "/publishing", ""));
  }

  @Test
  void agentsAskForCertificatesOfTheirOwnPodsOnly() throws Exception {
    String uidOfNode =
        ok(201, rig.asNode("p1", "POST", "/api/v1/nodes", "{\"metadata\":{\"name\":\"p1\"}}"))
            .at("/metadata/uid")
            .asString();
    String pod =
        """
        {"metadata":{"name":"proved"},"spec":{"nodeName":"p1","serviceAccountName":"app",
         "volumes":[{"name":"v","projected":{"sources":[{"podCertificate":{
           "signerName":"example.com/own","keyType":"ED25519","credentialBundlePath":"c"}}]}}],
         "containers":[{"name":"c","image":"i"}]}}
        """;
    String uid =
        ok(201, rig.call("POST", "/api/v1/namespaces/default/pods", ann, pod))
            .at("/metadata/uid")
            .asString();
    String account =
        ok(200, rig.call("GET", ACCOUNTS + "/app", ann, null)).at("/metadata/uid").asString();
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Signature proof = Signature.getInstance("Ed25519");
    proof.initSign(keys.getPrivate());
    proof.update(uid.getBytes(StandardCharsets.UTF_8));
    String request =
        """
        {"metadata":{"generateName":"req-"},"spec":{"signerName":"example.com/own","podName":"proved",
         "podUID":"%s","serviceAccountName":"app","serviceAccountUID":"%s","nodeName":"p1",
         "nodeUID":"%s","pkixPublicKey":"%s","proofOfPossession":"%s"}}
        """
            .formatted(
                uid,
                account,
                uidOfNode,
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
                Base64.getEncoder().encodeToString(proof.sign()));
    String requests =
        "/clusters/acme/apis/certificates.k8s.io/v1beta1/namespaces/default/podcertificaterequests";
    String own =
        requests
            + "/"
            + ok(201, rig.asNode("p1", "POST", requests, request)).at("/metadata/name").asString();
    assertThat(ok(200, rig.asNode("p1", "GET", own, null)).at("/spec/maxExpirationSeconds").asInt())
        .isEqualTo(86_400);
    ok(403, rig.asNode("p2", "GET", own, null));
    ok(403, rig.asNode("p1", "DELETE", own, null));
    ok(403, rig.asNode("p1", "PATCH", own + "/status", "{\"status\":{}}"));
    refused("p2", requests, request, "which is not the requesting node \"p2\"");
    refused(
        "p1",
        requests,
        request.replace("example.com/own", "example.com/other"),
        "pod \"proved\" mounts no certificate of signer \"example.com/other\"");
    refused(
        "p1",
        requests,
        request.replace(account, "another"),
        "PodCertificateRequest.Spec.ServiceAccountUID is not the UID of the service account");
    ok(
        200,
        rig.asNode(
            "p1",
            "GET",
            "/clusters/acme/apis/certificates.k8s.io/v1beta1/clustertrustbundles",
            null));
  }

  private static void refused(String node, String path, String body, String why) throws Exception {
    assertThat(ok(403, rig.asNode(node, "POST", path, body)).path("message").asString())
        .endsWith(why);
  }
}
