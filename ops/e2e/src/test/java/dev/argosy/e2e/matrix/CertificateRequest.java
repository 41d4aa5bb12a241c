package dev.argosy.e2e.matrix;

import dev.argosy.e2e.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A request for a client certificate, as openssl makes it. */
final class CertificateRequest {

  private CertificateRequest() {}

  /** In PEM, once more in base64, as the API has it. */
  static String of(String user, String group) throws Exception {
    Path folder = Files.createTempDirectory("e2e-csr");
    Path request = folder.resolve("request.pem");
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
                folder.resolve("key.pem").toString(),
                "-out",
                request.toString(),
                "-subj",
                "/O=" + group + "/CN=" + user),
            Map.of(),
            "",
            Duration.ofSeconds(20))
        .orFail();
    return Base64.getEncoder().encodeToString(Files.readAllBytes(request));
  }
}
