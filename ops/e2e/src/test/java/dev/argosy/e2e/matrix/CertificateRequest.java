package dev.argosy.e2e.matrix;

import dev.argosy.e2e.Program;
import dev.argosy.e2e.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A request for a client certificate, as openssl makes it.
 *
 * @param folder has the key and the request, in PEM
 */
record CertificateRequest(Path folder) {

  private static final String SIGNER = "kubernetes.io/kube-apiserver-client";

  static CertificateRequest of(String user, String group) throws IOException {
    var made = new CertificateRequest(Files.createTempDirectory("e2e-csr"));
    Program.run(
            List.of(
                "openssl",
                "req",
                "-new",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-keyout",
                made.file("key.pem"),
                "-out",
                made.file("request.pem"),
                "-subj",
                "/O=" + group + "/CN=" + user),
            Map.of(),
            "",
            Duration.ofSeconds(20))
        .orFail();
    return made;
  }

  /** The object that asks for it; the PEM once more in base64, as the API has it. */
  String object(String name) throws IOException {
    byte[] pem = Files.readAllBytes(folder.resolve("request.pem"));
    return """
    apiVersion: certificates.k8s.io/v1
    kind: CertificateSigningRequest
    metadata: {name: %s}
    spec:
      signerName: %s
      request: %s
      usages: [client auth]
      expirationSeconds: 3600
    """
        .formatted(name, SIGNER, Base64.getEncoder().encodeToString(pem));
  }

  /**
   * Who holds the key, at a server.
   *
   * @param certificate in base64, as the object's status has it
   */
  Path kubeconfig(String server, String certificate) throws IOException {
    Files.write(folder.resolve("certificate.pem"), Base64.getDecoder().decode(certificate));
    return Files.writeString(
        folder.resolve("kubeconfig.yaml"),
        """
        apiVersion: v1
        kind: Config
        current-context: holder
        clusters:
        - name: there
          cluster: {server: "%s", certificate-authority: "%s"}
        contexts:
        - name: holder
          context: {cluster: there, user: holder}
        users:
        - name: holder
          user: {client-certificate: "%s", client-key: "%s"}
        """
            .formatted(server, Target.ca(), file("certificate.pem"), file("key.pem")));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }
}
