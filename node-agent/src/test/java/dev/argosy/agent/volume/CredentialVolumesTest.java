package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.pod.config.FileModes;
import dev.argosy.model.client.ListOptions;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Files of certificates that pods have for themselves. */
class CredentialVolumesTest {

  private static final ResourceScope REQUESTS =
      ResourceScope.namespace(
          new GroupResource("certificates.k8s.io", "podcertificaterequests"), "acme", "default");
  private static final String SPEC =
      "{'nodeName':'n1','serviceAccountName':'app','securityContext':{'runAsUser':1234},"
          + "'containers':[{'name':'c'}]}";
  private static final String VOLUME =
      "{'projected':{'defaultMode':292,'sources':[{'podCertificate':{'signerName':'example.com/s',"
          + "'keyType':'ED25519','credentialBundlePath':'both.pem','keyPath':'own/key.pem',"
          + "'certificateChainPath':'own/chain.pem'}}]}}";

  @TempDir Path data;
  private VolumeBench bench;

  @BeforeEach
  void open() {
    bench = new VolumeBench(data);
    bench
        .api
        .create(
            ResourceScope.cluster(new GroupResource("", "nodes"), "root"),
            VolumeBench.json("{'apiVersion':'v1','kind':'Node','metadata':{'name':'n1'}}"))
        .orThrow();
    bench
        .api
        .create(
            ResourceScope.namespace(new GroupResource("", "serviceaccounts"), "acme", "default"),
            VolumeBench.json(
                "{'apiVersion':'v1','kind':'ServiceAccount','metadata':{'name':'app'}}"))
        .orThrow();
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  private List<ApiObject> requests() {
    return bench.api.list(REQUESTS, ListOptions.EVERYTHING).orThrow().items();
  }

  private void issue(ApiObject request, String refresh) {
    ObjectNode status =
        VolumeBench.json(
            "{'status':{'conditions':[{'type':'Issued','status':'True'}],"
                + "'notAfter':'2200-01-01T00:00:00Z'}}");
    status
        .withObject("status")
        .put("beginRefreshAt", refresh)
        .put("certificateChain", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    bench.api.updateStatus(request.key(), status).orThrow();
  }

  private String read(String file) throws Exception {
    return Files.readString(bench.content("uid").resolve(file));
  }

  @Test
  void files_are_written_when_the_signer_has_answered_and_stay_while_it_does_not()
      throws Exception {
    assertThatThrownBy(() -> bench.prepare("uid", SPEC, VOLUME))
        .hasMessageContaining("credential bundle is not issued yet");
    issue(requests().getFirst(), "2000-01-01T00:00:00Z");
    bench.prepare("uid", SPEC, VOLUME);
    String key = read("own/key.pem");
    assertThat(key).startsWith("-----BEGIN PRIVATE KEY-----\n");
    assertThat(read("own/chain.pem")).startsWith("-----BEGIN CERTIFICATE-----\nAAAA\n");
    assertThat(read("both.pem")).isEqualTo(key + read("own/chain.pem"));
    Path file = bench.content("uid").resolve("own/key.pem").toRealPath();
    assertThat(FileModes.of(file)).isEqualTo(0600);
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(1234);
    assertThat(file.startsWith(data.resolve("memory").toRealPath())).isTrue();

    bench.refresh("uid", SPEC, VOLUME);
    assertThat(requests()).as("it is time for another").hasSize(2);
    assertThat(read("own/key.pem")).isEqualTo(key);
    for (ApiObject request : requests()) {
      issue(request, "2100-01-01T00:00:00Z");
    }
    bench.refresh("uid", SPEC, VOLUME);
    assertThat(read("own/key.pem")).isNotEqualTo(key);
    assertThat(requests()).hasSize(2);
    bench.release("uid");
  }
}
