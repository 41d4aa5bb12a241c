package dev.argosy.agent.pod.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  private static PodView pod(String spec) {
    String json =
        "{'metadata':{'name':'web','namespace':'shop','uid':'u'},'spec':{%s}}".formatted(spec);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "shop", "web");
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return PodView.of(ApiObject.ofStored(key, 1, bytes));
  }

  @Test
  void aPodInTheMachinesNetworkHasTheMachinesNamesAndItsOwnAliases() throws IOException {
    PodFolder folder = PodFolder.of(data, "u");
    String spec = "'hostNetwork':true,'hostAliases':[{'ip':'192.0.2.7','hostnames':['a']}]";
    EtcFiles.write(folder, pod(spec), "192.0.2.1");
    assertThat(Files.readAllLines(folder.etc("hosts")))
        .startsWith("# Kubernetes-managed hosts file (host network).")
        .containsAll(Files.readAllLines(Path.of("/etc/hosts")))
        .endsWith("# Entries added by HostAliases.", "192.0.2.7\ta");
  }

  @Test
  void aPodIsCalledAsItSays() throws ConfigFailure {
    assertThat(Hostname.inKernel(pod(""))).isEqualTo("web");
    assertThat(Hostname.inKernel(pod("'hostname':'h','subdomain':'s'"))).isEqualTo("h");
    assertThat(Hostname.inKernel(pod("'subdomain':'s','setHostnameAsFQDN':true")))
        .isEqualTo("web.s.shop.svc.cluster.local");
    assertThat(Hostname.inKernel(pod("'setHostnameAsFQDN':true"))).isEqualTo("web");
    assertThat(Hostname.inKernel(pod("'hostnameOverride':'db.example.com','subdomain':'s'")))
        .isEqualTo("db.example.com");
    String longName = "'subdomain':'" + "s".repeat(50) + "','setHostnameAsFQDN':true";
    assertThatThrownBy(() -> Hostname.inKernel(pod(longName)))
        .hasMessageContaining("64 characters is the max");
  }
}
