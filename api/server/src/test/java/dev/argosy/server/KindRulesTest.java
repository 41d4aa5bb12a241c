package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.TestClient;
import dev.argosy.server.testing.TestServer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is special about writing objects of some kinds. */
class KindRulesTest {

  private static final String NS = "/clusters/acme/api/v1/namespaces/default";

  @AutoClose private static final TestServer SERVER = TestServer.start();

  private final TestClient client = SERVER.client();

  @Test
  void servicesHaveAddressesOfTheirOwn() {
    String services = NS + "/services";
    String ports = "\"ports\":[{\"port\":80}]";
    var made = client.post(services, "{\"metadata\":{\"name\":\"s1\"},\"spec\":{" + ports + "}}");
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    String address = made.at("spec.clusterIP");
    assertThat(address).matches("10\\.(9[6-9]|10\\d|11[01])\\..*");
    assertThat(made.at("spec.clusterIPs.0")).isEqualTo(address);
    String sameAddress =
        "{\"metadata\":{\"name\":\"s2\"},\"spec\":{\"clusterIP\":\""
            + address
            + "\","
            + ports
            + "}}";
    var taken = client.post(services, sameAddress);
    assertThat(taken.code()).isEqualTo(422);
    assertThat(taken.at("message")).contains("provided IP is already allocated");
    assertThat(client.post(services, sameAddress.replace(address, "192.168.1.1")).at("message"))
        .contains("not in the valid range");
    var kept =
        client.put(
            services + "/s1",
            "{\"metadata\":{\"name\":\"s1\"},\"spec\":{\"ports\":[{\"port\":81}]}}");
    assertThat(kept.code()).as(kept.text()).isEqualTo(200);
    assertThat(kept.at("spec.clusterIP")).isEqualTo(address);
    client.delete(services + "/s1", "");
    assertThat(client.post(services, sameAddress).code()).as("given back").isEqualTo(201);
    var headless =
        client.post(
            services,
            "{\"metadata\":{\"name\":\"h\"},\"spec\":{\"clusterIP\":\"None\"," + ports + "}}");
    assertThat(headless.at("spec.clusterIP")).isEqualTo("None");
    var node =
        client.post(
            services,
            "{\"metadata\":{\"name\":\"np\"},\"spec\":{\"type\":\"NodePort\"," + ports + "}}");
    int port = Integer.parseInt(node.at("spec.ports.0.nodePort"));
    assertThat(port).isBetween(30000, 32767);
    var clash =
        client.post(
            services,
            "{\"metadata\":{\"name\":\"np2\"},\"spec\":{\"type\":\"NodePort\",\"ports\":[{\"port\":80,\"nodePort\":"
                + port
                + "}]}}");
    assertThat(clash.code()).isEqualTo(422);
    assertThat(clash.at("message")).contains("provided port is already allocated");
    assertThat(client.delete(services + "/np", "").code()).isEqualTo(200);
  }

  @Test
  void plainSecretDataIsEncoded() {
    var secret =
        client.post(
            NS + "/secrets", "{\"metadata\":{\"name\":\"sec\"},\"stringData\":{\"a\":\"text\"}}");
    assertThat(secret.at("data.a")).isEqualTo("dGV4dA==");
    assertThat(secret.json().has("stringData")).isFalse();
    assertThat(secret.at("type")).isEqualTo("Opaque");
  }

  @Test
  void signingRequestsSayWhoAsked() throws Exception {
    String csrs = "/apis/certificates.k8s.io/v1/certificatesigningrequests";
    var made =
        client.post(
            csrs,
            "{\"metadata\":{\"name\":\"r\"},\"spec\":{\"request\":\""
                + request("CN=system:node:n1,O=system:nodes")
                + "\",\"signerName\":\"kubernetes.io/kube-apiserver-client-kubelet\","
                + "\"username\":\"liar\",\"usages\":[\"client auth\"]}}");
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    assertThat(made.at("spec.username")).isEqualTo("system:admin");
    var approved =
        client.patch(
            csrs + "/r/approval",
            "application/merge-patch+json",
            "{\"spec\":{\"username\":\"x\"},\"status\":{\"certificate\":\"eA==\",\"conditions\":"
                + "[{\"type\":\"Approved\",\"status\":\"True\",\"reason\":\"r\",\"message\":\"m\"}]}}");
    assertThat(approved.code()).as(approved.text()).isEqualTo(200);
    assertThat(approved.at("status.conditions.0.type")).isEqualTo("Approved");
    assertThat(approved.at("status.certificate")).isEmpty();
    assertThat(approved.at("spec.username")).isEqualTo("system:admin");
  }

  @Test
  void trustBundlesAreFoundBySigner() throws Exception {
    String bundles = "/clusters/acme/apis/certificates.k8s.io/v1beta1/clustertrustbundles";
    var made =
        client.post(
            bundles,
            "{\"metadata\":{\"name\":\"example.com:own:live\"},\"spec\":{\"signerName\":"
                + "\"example.com/own\",\"trustBundle\":\""
                + authority()
                + "\"}}");
    assertThat(made.code()).as(made.text()).isEqualTo(201);
    var bare = client.post(bundles, "{\"metadata\":{\"name\":\"bare\"},\"spec\":{}}");
    assertThat(bare.code()).isEqualTo(422);
    assertThat(bare.at("message")).contains("at least one trust anchor must be provided");
    String ofSigner = bundles + "?fieldSelector=spec.signerName%3D";
    assertThat(client.get(ofSigner + "example.com/own").at("items.0.metadata.name"))
        .isEqualTo("example.com:own:live");
    assertThat(client.get(ofSigner + "example.com/other").at("items.0.metadata.name")).isEmpty();
  }

  private static String authority() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    X500Name name = new X500Name("CN=own");
    byte[] der =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                new Date(0),
                new Date(4_000_000_000_000L),
                name,
                pair.getPublic())
            .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
            .getEncoded();
    return "-----BEGIN CERTIFICATE-----\\n"
        + Base64.getEncoder().encodeToString(der)
        + "\\n-----END CERTIFICATE-----\\n";
  }

  private static String request(String subject) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    byte[] der =
        new JcaPKCS10CertificationRequestBuilder(new X500Name(subject), pair.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
            .getEncoded();
    String pem =
        "-----BEGIN CERTIFICATE REQUEST-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END CERTIFICATE REQUEST-----\n";
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }
}
