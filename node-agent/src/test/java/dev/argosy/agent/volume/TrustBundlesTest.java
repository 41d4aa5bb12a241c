package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustBundlesTest {

  private static final GroupResource BUNDLES =
      new GroupResource("certificates.k8s.io", "clustertrustbundles");

  @TempDir Path data;
  private VolumeBench bench;

  @BeforeEach
  void open() {
    bench = new VolumeBench(data);
    bundle("one", "example.com/s", "live", "AAAA", "BBBB");
    bundle("two", "example.com/s", "canary", "BBBB", "CCCC");
    bundle("three", "example.com/other", "live", "DDDD");
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  private void bundle(String name, String signer, String version, String... anchors) {
    StringBuilder pem = new StringBuilder("explanation\n");
    for (String anchor : anchors) {
      pem.append(certificate(anchor));
    }
    var bundle =
        VolumeBench.json(
            "{'apiVersion':'certificates.k8s.io/v1beta1','kind':'ClusterTrustBundle'}");
    bundle.putObject("metadata").put("name", name).putObject("labels").put("v", version);
    bundle.putObject("spec").put("signerName", signer).put("trustBundle", pem.toString());
    bench.api.create(ResourceScope.cluster(BUNDLES, "acme"), bundle).orThrow();
  }

  private static String certificate(String anchor) {
    return "-----BEGIN CERTIFICATE-----\n" + anchor + "\n-----END CERTIFICATE-----\n";
  }

  private static String projected(String source) {
    return "{'projected':{'sources':[{'clusterTrustBundle':{'path':'ca.pem',SOURCE}}]}}"
        .replace("SOURCE", source);
  }

  private String projection(String source) throws Exception {
    bench.prepare("uid", "{}", projected(source));
    return java.nio.file.Files.readString(bench.content("uid").resolve("ca.pem"));
  }

  @Test
  void by_name() throws Exception {
    assertThat(projection("'name':'one'")).isEqualTo(certificate("AAAA") + certificate("BBBB"));
    assertThatThrownBy(() -> projection("'name':'none'"))
        .hasMessageEndingWith("clustertrustbundle \"none\" not found");
    assertThat(projection("'name':'none','optional':true")).isEmpty();
  }

  @Test
  void by_signer_and_labels_each_certificate_once() throws Exception {
    assertThat(projection("'signerName':'example.com/s','labelSelector':{}"))
        .isEqualTo(certificate("AAAA") + certificate("BBBB") + certificate("CCCC"));
    assertThat(
            projection(
                "'signerName':'example.com/s','labelSelector':{'matchLabels':{'v':'canary'}}"))
        .isEqualTo(certificate("BBBB") + certificate("CCCC"));
    assertThatThrownBy(() -> projection("'signerName':'example.com/s'"))
        .hasMessageEndingWith("no ClusterTrustBundle of signer \"example.com/s\" matches");
  }

  /** Line breaks are no difference; a bundle that changes is another file with the next look. */
  @Test
  void follows_a_bundle_and_says_nothing_twice() throws Exception {
    String volume = projected("'signerName':'example.com/s','labelSelector':{}");
    bench.prepare("uid", "{}", volume);
    String before = read();
    bundle("four", "example.com/s", "live", "AA\nAA", "B B B B");
    bench.refresh("uid", volume);
    assertThat(read()).isEqualTo(before);
    bundle("five", "example.com/s", "live", "EEEE");
    bench.refresh("uid", volume);
    assertThat(read()).isEqualTo(before + certificate("EEEE"));
  }

  private String read() throws Exception {
    return java.nio.file.Files.readString(bench.content("uid").resolve("ca.pem"));
  }
}
