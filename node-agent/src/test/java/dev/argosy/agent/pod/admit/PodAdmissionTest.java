package dev.argosy.agent.pod.admit;

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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodAdmissionTest {

  private static final MachinePorts NO_SOCKETS = new MachinePorts(Path.of("/absent"));

  private final PodAdmission admission = new PodAdmission(NodeAbilities.LEAST, NO_SOCKETS);

  private static PodView pod(String uid, String spec) {
    String json =
        "{\"metadata\":{\"name\":\"p\",\"uid\":\"%s\"},\"spec\":{%s}}".formatted(uid, spec);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "default", "p");
    return PodView.of(ApiObject.ofWire(key, 1, json.getBytes(StandardCharsets.UTF_8)));
  }

  private static PodView withPort(String uid, String address, String protocol, int port) {
    return pod(
        uid,
        """
        "containers":[{"name":"c","ports":[
          {"hostIP":"%s","protocol":"%s","hostPort":%d,"containerPort":80}]}]
        """
            .formatted(address, protocol, port));
  }

  private static PodView withSysctl(String name, String more) {
    return pod(
        "u",
        """
        "securityContext":{"sysctls":[{"name":"%s","value":"1"}]}%s
        """
            .formatted(name, more));
  }

  @ParameterizedTest
  @CsvSource({
    "'',TCP,80, '',TCP,80, true",
    "'',TCP,80, '',UDP,80, false",
    "'',TCP,80, '',TCP,81, false",
    "10.0.0.1,TCP,80, '',TCP,80, true",
    "'',TCP,80, 10.0.0.1,TCP,80, true",
    "0.0.0.0,TCP,80, 10.0.0.1,TCP,80, true",
    "10.0.0.1,TCP,80, 10.0.0.1,TCP,80, true",
    "10.0.0.1,TCP,80, 127.0.0.1,TCP,80, false",
  })
  void aPortIsGivenOnce(
      String ip1,
      String protocol1,
      int port1,
      String ip2,
      String protocol2,
      int port2,
      boolean no) {
    assertThat(admission.admit(withPort("a", ip1, protocol1, port1))).isEmpty();
    Optional<Rejection> second = admission.admit(withPort("b", ip2, protocol2, port2));
    assertThat(second.isPresent()).isEqualTo(no);
    second.ifPresent(why -> {
      assertThat(why.reason()).isEqualTo("NodePorts");
      assertThat(why.text()).startsWith("Pod was rejected: Predicate NodePorts failed");
    });
  }

  @Test
  void aPortIsFreeOnceItsPodIsGone() {
    PodView first = withPort("a", "", "TCP", 80);
    PodView second = withPort("b", "", "TCP", 80);
    assertThat(admission.admit(first)).isEmpty();
    assertThat(admission.admit(first)).as("again the same").isEmpty();
    assertThat(admission.admit(second)).isPresent();
    admission.free(first);
    assertThat(admission.admit(second)).isEmpty();
  }

  @Test
  void aPodThatRanBeforeKeepsItsPorts() {
    admission.keep(withPort("a", "", "TCP", 80));
    assertThat(admission.admit(withPort("b", "", "TCP", 80))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "net.ipv4.tcp_syncookies,'',true",
    "net/ipv4/tcp_syncookies,'',true",
    "kernel.shm_rmid_forced,'',true",
    "kernel.msgmax,'',false",
    "vm.swappiness,'',false",
    "net.ipv4.tcp_syncookies,',\"hostNetwork\":true',false",
    "kernel.shm_rmid_forced,',\"hostIPC\":true',false",
  })
  void onlySafeKernelSettingsAreTaken(String name, String more, boolean taken) {
    Optional<Rejection> answer = admission.admit(withSysctl(name, more));
    assertThat(answer.isEmpty()).isEqualTo(taken);
    answer.ifPresent(why -> {
      assertThat(why.reason()).isEqualTo("SysctlForbidden");
      assertThat(why.message())
          .isEqualTo("forbidden sysctl: \"" + name.replace('/', '.') + "\" not allowlisted");
    });
  }

  @Test
  void theAdministratorAllowsMoreOfThoseThatBelongToNamespaces() {
    PodAdmission more =
        new PodAdmission(
            new NodeAbilities(List.of("kernel.msg*", "net.core.somaxconn"), false, false, false),
            NO_SOCKETS);
    assertThat(more.admit(withSysctl("kernel.msgmax", ""))).isEmpty();
    assertThat(more.admit(withSysctl("net.core.somaxconn", ""))).isEmpty();
    assertThat(more.admit(withSysctl("net.core.other", ""))).isPresent();
    assertThat(more.admit(withSysctl("kernel.msgmax", ",\"hostIPC\":true"))).isPresent();
    assertThatThrownBy(() -> new Sysctls(List.of("vm.*"))).hasMessageContaining("vm.*");
  }

  @Test
  void whatTheNodeCannotDoIsRefusedWithReason() {
    assertThat(admission.admit(pod("a", "\"hostUsers\":false")).orElseThrow().reason())
        .isEqualTo("PodFeatureUnsupported");
    assertThat(admission.admit(pod("a", "\"hostUsers\":true"))).isEmpty();
    assertThat(
            admission
                .admit(pod("a", "\"securityContext\":{\"supplementalGroupsPolicy\":\"Strict\"}"))
                .orElseThrow()
                .reason())
        .isEqualTo("SupplementalGroupsPolicyNotSupported");
    String profile =
        "\"containers\":[{\"securityContext\":{\"appArmorProfile\":{\"type\":\"%s\"}}}]";
    assertThat(admission.admit(pod("a", profile.formatted("Localhost"))).orElseThrow().text())
        .isEqualTo(
            "Pod was rejected: Cannot enforce AppArmor: AppArmor is not enabled on the host");
    assertThat(admission.admit(pod("a", profile.formatted("Unconfined")))).isEmpty();
    assertThat(admission.admit(pod("a", "\"os\":{\"name\":\"windows\"}")).orElseThrow().reason())
        .isEqualTo("PodOSNotSupported");
    assertThat(admission.admit(pod("a", "\"os\":{\"name\":\"linux\"}"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'',TCP,22,true",
    "192.0.2.9,TCP,22,true",
    "'',UDP,22,false",
    "'',TCP,23,false",
    "'',TCP,2379,true",
    "127.0.0.1,TCP,2379,true",
    "192.0.2.9,TCP,2379,false",
    "'',TCP,6443,true",
    "'',TCP,50000,false",
    "'',UDP,53,true",
  })
  void portsOfTheMachinesOwnProgramsAreNotGiven(
      String address, String protocol, int port, boolean no, @TempDir Path sockets)
      throws IOException {
    String head = "  sl  local_address rem_address   st tx_queue rx_queue\n";
    Files.writeString(
        sockets.resolve("tcp"),
        head
            + "   0: 00000000:0016 00000000:0000 0A 00000000:00000000\n"
            + "   1: 0100007F:094B 00000000:0000 0A 00000000:00000000\n"
            + "   2: 0100007F:C350 0100007F:094B 01 00000000:00000000\n");
    Files.writeString(
        sockets.resolve("tcp6"),
        head
            + "   0: 00000000000000000000000000000000:192B 00000000000000000000000000000000:0000"
            + " 0A 00000000:00000000\n");
    Files.writeString(
        sockets.resolve("udp"), head + "   0: 00000000:0035 00000000:0000 07 00000000:00000000\n");
    PodAdmission beside = new PodAdmission(NodeAbilities.LEAST, new MachinePorts(sockets));
    assertThat(beside.admit(withPort("a", address, protocol, port)).isPresent()).isEqualTo(no);
  }
}
