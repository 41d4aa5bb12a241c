package dev.argosy.agent.pod.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EtcFilesTest {

  @TempDir Path data;

  @Test
  void theHostsFileSaysWhoLooksAfterItAndNamesThePod() throws IOException {
    String json =
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'web','namespace':'shop','uid':'u'},"
            + "'spec':{'subdomain':'all','hostAliases':[{'ip':'192.0.2.7','hostnames':['a','b']}]}}";
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "shop", "web");
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    PodFolder folder = PodFolder.of(data, "u");
    EtcFiles.write(folder, PodView.of(ApiObject.ofStored(key, 1, bytes)), "10.244.0.9");
    assertThat(Files.readAllLines(folder.etc("hosts")))
        .startsWith("# Kubernetes-managed hosts file.", "127.0.0.1\tlocalhost")
        .contains("10.244.0.9\tweb.all.shop.svc.cluster.local\tweb", "192.0.2.7\ta\tb");
  }
}
