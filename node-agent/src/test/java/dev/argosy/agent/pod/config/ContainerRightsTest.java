package dev.argosy.agent.pod.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.runtime.spi.ContainerSpec.Privileges;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContainerRightsTest {

  private static final Path PROFILES = Path.of("/data/seccomp");

  private static Privileges rights(String ofPod, String own, String imageUser)
      throws ConfigFailure {
    String json =
        "{'metadata':{'name':'p','uid':'u'},'spec':{'securityContext':{%s},'containers':[{'name':'c','securityContext':{%s}}]}}"
            .formatted(ofPod, own);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "ns", "p");
    PodView pod =
        PodView.of(
            ApiObject.ofWire(key, 1, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    var container = pod.containers().getFirst();
    return ContainerRights.privileges(
        pod,
        container,
        new Image("sha256:1", List.of(), 1, imageUser),
        Confinement.of(pod, container, PROFILES));
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "'runAsUser':7;;1000;7",
        "'runAsUser':7;'runAsUser':8;1000;8",
        "'runAsUser':7,'runAsGroup':9;;1000;7:9",
        "'runAsGroup':9;;1000:5;1000:9",
        "'runAsGroup':9;;app;app:9",
        "'runAsGroup':9;;'';0:9",
        ";;1000;''",
      },
      delimiter = ';',
      quoteCharacter = '"')
  void theNearestUserCounts(String ofPod, String own, String imageUser, String user)
      throws ConfigFailure {
    assertThat(
            rights(
                    ofPod == null ? "" : ofPod,
                    own == null ? "" : own,
                    imageUser.equals("''") ? "" : imageUser)
                .user())
        .isEqualTo(user.equals("''") ? "" : user);
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "|root|image has non-numeric user (root), cannot verify user is non-root",
        "|app|image has non-numeric user (app)",
        "||image will run as root (pod: \"p_ns(u)\", container: c)",
        "|0:5|image will run as root",
        "'runAsUser':0|1000|runAsUser breaks non-root policy",
      },
      delimiter = '|',
      quoteCharacter = '`')
  void rootIsRefusedWhereItMustNotBe(String own, String imageUser, String why) {
    assertThatThrownBy(() ->
            rights(
                "'runAsNonRoot':true", own == null ? "" : own, imageUser == null ? "" : imageUser))
        .isInstanceOf(ConfigFailure.class)
        .hasMessageContaining(why);
  }

  @Test
  void numbersThatAreNotRootsAreFine() throws ConfigFailure {
    rights("'runAsNonRoot':true", "", "1000:0");
    rights("'runAsNonRoot':true,'runAsUser':5", "", "root");
    rights("'runAsNonRoot':true", "'runAsNonRoot':false", "");
  }

  @Test
  void filtersAreTheNearestOnes() throws ConfigFailure {
    assertThat(rights("", "", "").seccompUnconfined()).isFalse();
    String unconfined = "'seccompProfile':{'type':'Unconfined'}";
    assertThat(rights(unconfined, "", "").seccompUnconfined()).isTrue();
    String standard = "'seccompProfile':{'type':'RuntimeDefault'}";
    assertThat(rights(unconfined, standard, "").seccompUnconfined()).isFalse();
    Privileges local =
        rights(
            unconfined, "'seccompProfile':{'type':'Localhost','localhostProfile':'a/b.json'}", "");
    assertThat(local.seccompUnconfined()).isFalse();
    assertThat(local.seccompFile()).isEqualTo("/data/seccomp/a/b.json");
    assertThat(rights("'appArmorProfile':{'type':'Unconfined'}", "", "").appArmor())
        .isEqualTo("unconfined");
    assertThat(
            rights("", "'appArmorProfile':{'type':'Localhost','localhostProfile':'x'}", "")
                .appArmor())
        .isEqualTo("x");
    assertThatThrownBy(
            () -> rights("'seccompProfile':{'type':'Localhost','localhostProfile':'../x'}", "", ""))
        .isInstanceOf(ConfigFailure.class)
        .hasMessageContaining("/data/seccomp");
  }

  @Test
  void groupsCapabilitiesAndTheRestArePassedOn() throws ConfigFailure {
    Privileges rights =
        rights(
            "'supplementalGroups':[5,6],'fsGroup':7",
            "'allowPrivilegeEscalation':false,'readOnlyRootFilesystem':true,'privileged':true,"
                + "'capabilities':{'add':['NET_ADMIN'],'drop':['ALL']}",
            "");
    assertThat(rights.groups()).containsExactly("5", "6", "7");
    assertThat(rights.noNewPrivileges()).isTrue();
    assertThat(rights.readOnlyRoot()).isTrue();
    assertThat(rights.privileged()).isTrue();
    assertThat(rights.addCapabilities()).containsExactly("NET_ADMIN");
    assertThat(rights.dropCapabilities()).containsExactly("ALL");
  }
}
