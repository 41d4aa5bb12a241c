package dev.argosy.agent.join;

import dev.argosy.model.client.ApiClient;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.status.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Asks the API for a certificate: a CertificateSigningRequest, and the wait for its answer. */
final class CertificateRequest {

  private static final GroupResource REQUESTS =
      new GroupResource("certificates.k8s.io", "certificatesigningrequests");
  private static final String SIGNER = "kubernetes.io/kube-apiserver-client-kubelet";
  private static final String ROOT = "root";
  private static final int POLLS = 240;
  private static final long POLL_MILLIS = 250;

  private final ApiClient api;
  private final String node;

  CertificateRequest(ApiClient api, String node) {
    this.api = api;
    this.node = node;
  }

  /**
   * A key and its certificate as text.
   *
   * @param asked when the server took the request, by its own clock
   */
  record Granted(NodeCertificate certificate, String pem, Optional<Instant> asked) {}

  Granted ask() throws JoinFailure, InterruptedException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair keys = generator.generateKeyPair();
      ApiObject made = create(request(keys));
      String pem = await(made.key());
      return new Granted(
          new NodeCertificate(keys.getPrivate(), Pem.certificates(pem)),
          pem,
          Optional.ofNullable(made.meta().creationTimestamp()));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new JoinFailure("cannot make a certificate request: " + e.getMessage());
    }
  }

  private byte[] request(KeyPair keys) throws OperatorCreationException, IOException {
    var subject =
        new X500NameBuilder(BCStyle.INSTANCE)
            .addRDN(BCStyle.O, "system:nodes")
            .addRDN(BCStyle.CN, "system:node:" + node)
            .build();
    return new JcaPKCS10CertificationRequestBuilder(subject, keys.getPublic())
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
        .getEncoded();
  }

  private ApiObject create(byte[] request) throws JoinFailure {
    ObjectNode csr = Json.object();
    csr.put("apiVersion", "certificates.k8s.io/v1").put("kind", "CertificateSigningRequest");
    csr.putObject("metadata").put("generateName", "node-csr-" + node + "-");
    ObjectNode spec = csr.putObject("spec");
    String pem = Pem.write("CERTIFICATE REQUEST", request);
    spec.put(
        "request", Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII)));
    spec.put("signerName", SIGNER);
    spec.putArray("usages").add("digital signature").add("client auth");
    return switch (api.create(ResourceScope.cluster(REQUESTS, ROOT), csr)) {
      case ApiResult.Ok<ApiObject>(ApiObject made) -> made;
      case ApiResult.Refused<ApiObject>(Status s) ->
          throw new JoinFailure(
              "the server refused the certificate request: "
                  + s.message()
                  + (s.code() == 401 ? " (the token is wrong or over: ask for another)" : ""));
    };
  }

  private String await(ObjectKey key) throws JoinFailure, InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int i = 0; i < POLLS; i++) {
      if (api.get(key) instanceof ApiResult.Ok<ApiObject>(ApiObject object)) {
        JsonNode status = object.tree().path("status");
        String certificate = status.path("certificate").asString("");
        if (!certificate.isEmpty()) {
          return new String(Base64.getDecoder().decode(certificate), StandardCharsets.US_ASCII);
        }
        refuse(status);
      }
      if (never.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    throw new JoinFailure(
        "certificate request "
            + key.name()
            + " was not approved within a minute: approve it, or look at the server's log");
  }

  private static void refuse(JsonNode status) throws JoinFailure {
    for (JsonNode condition : status.path("conditions")) {
      String type = condition.path("type").asString("");
      if (type.equals("Denied") || type.equals("Failed")) {
        throw new JoinFailure(
            "the certificate request was "
                + type.toLowerCase(java.util.Locale.ROOT)
                + ": "
                + condition.path("message").asString(""));
      }
    }
  }
}
