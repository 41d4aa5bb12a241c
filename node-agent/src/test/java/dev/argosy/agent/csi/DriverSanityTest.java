package dev.argosy.agent.csi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.argosy.agent.Loops;
import dev.argosy.agent.csi.driver.TestDriver;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.volume.mount.BlockDevice;
import dev.argosy.agent.volume.mount.Mounter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules that the public sanity suite of CSI holds drivers to, asked through our client.
 *
 * @see <a href="https://github.com/kubernetes-csi/csi-test/tree/master/pkg/sanity">csi-sanity</a>
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class DriverSanityTest {

  private static final long MIB = 1 << 20;

  @TempDir private Path folder;
  private TestDriver served;
  private Driver driver;

  @BeforeEach
  void connect() throws Exception {
    served = new TestDriver(folder.resolve("csi.sock"), folder.resolve("volumes"), "n1");
    driver = Driver.connect(TestDriver.NAME, folder.resolve("csi.sock"));
  }

  @AfterEach
  void disconnect() throws Exception {
    driver.close();
    served.close();
    new Mounter().unmountBelow(folder);
  }

  private static MessageBuilder capability() {
    return new MessageBuilder()
        .message(2, new MessageBuilder())
        .message(3, new MessageBuilder().number(1, AccessMode.SINGLE_NODE_WRITER.number()));
  }

  private static MessageBuilder block() {
    return new MessageBuilder()
        .message(1, new MessageBuilder())
        .message(3, new MessageBuilder().number(1, AccessMode.SINGLE_NODE_WRITER.number()));
  }

  private static MessageBuilder create(String name, long bytes) {
    return new MessageBuilder()
        .text(1, name)
        .message(2, new MessageBuilder().number(1, bytes))
        .message(3, capability());
  }

  private String created() throws GrpcFailure {
    return driver.controller("CreateVolume", create("one", MIB)).message(1).text(2);
  }

  private static MessageBuilder published(String id, String node) {
    return new MessageBuilder().text(1, id).text(2, node).message(3, capability());
  }

  private MessageBuilder staged(String id) {
    return new MessageBuilder()
        .text(1, id)
        .text(3, folder.resolve("staging").toString())
        .message(4, capability());
  }

  private MessageBuilder target(String id) {
    return new MessageBuilder()
        .text(1, id)
        .text(3, folder.resolve("staging").toString())
        .text(4, folder.resolve("target").toString())
        .message(5, capability());
  }

  private MessageBuilder at(String id, String path) {
    return new MessageBuilder().text(1, id).text(2, folder.resolve(path).toString());
  }

  private Code code(String method, MessageBuilder request) {
    boolean node = method.startsWith("Node");
    return catchThrowableOfType(
            GrpcFailure.class,
            () -> {
              if (node) {
                driver.node(method, request);
              } else {
                driver.controller(method, request);
              }
            })
        .code();
  }

  @Test
  void itSaysWhatItIs() {
    DriverFacts facts = driver.facts();
    assertThat(facts.nodeId()).isEqualTo("n1");
    assertThat(facts.mostVolumes()).isEqualTo(16);
    assertThat(facts.topology()).containsEntry("topology.disk.example.com/node", "n1");
    assertThat(facts.node()).contains(NodeAbility.STAGE_UNSTAGE_VOLUME);
    assertThat(facts.plugin())
        .containsExactly("CONTROLLER_SERVICE", "VOLUME_ACCESSIBILITY_CONSTRAINTS", "ONLINE");
    assertThat(facts.controller()).contains("CREATE_DELETE_VOLUME", "EXPAND_VOLUME");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CreateVolume",
        "DeleteVolume",
        "ControllerPublishVolume",
        "ControllerUnpublishVolume",
        "ValidateVolumeCapabilities",
        "ControllerExpandVolume",
        "NodeStageVolume",
        "NodeUnstageVolume",
        "NodePublishVolume",
        "NodeUnpublishVolume",
        "NodeGetVolumeStats",
        "NodeExpandVolume"
      })
  void argumentsAreRequired(String method) throws GrpcFailure {
    assertThat(code(method, new MessageBuilder())).isEqualTo(Code.INVALID_ARGUMENT);
    String id = created();
    if (!method.equals("DeleteVolume") && !method.equals("ControllerUnpublishVolume")) {
      assertThat(code(method, new MessageBuilder().text(1, id)))
          .as("with no more than a volume")
          .isEqualTo(Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void unknownVolumesAreNotFound() {
    String no = "v-nothing";
    assertThat(code("ControllerPublishVolume", published(no, "n1"))).isEqualTo(Code.NOT_FOUND);
    assertThat(
            code(
                "ValidateVolumeCapabilities",
                new MessageBuilder().text(1, no).message(3, capability())))
        .isEqualTo(Code.NOT_FOUND);
    assertThat(
            code(
                "ControllerExpandVolume",
                new MessageBuilder().text(1, no).message(2, new MessageBuilder().number(1, MIB))))
        .isEqualTo(Code.NOT_FOUND);
    assertThat(code("NodeStageVolume", staged(no))).isEqualTo(Code.NOT_FOUND);
    assertThat(code("NodePublishVolume", target(no))).isEqualTo(Code.NOT_FOUND);
    assertThat(code("NodeGetVolumeStats", at(no, "target"))).isEqualTo(Code.NOT_FOUND);
    assertThat(code("NodeExpandVolume", at(no, "target"))).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void anUnknownVolumeIsDeletedAndUnpublishedAlready() {
    MessageBuilder no = new MessageBuilder().text(1, "v-nothing");
    assertThatCode(() -> driver.controller("DeleteVolume", no)).doesNotThrowAnyException();
    assertThatCode(() -> driver.controller("ControllerUnpublishVolume", no))
        .doesNotThrowAnyException();
  }

  @Test
  void aVolumeIsMadeOnceForAName() throws GrpcFailure {
    Message first = driver.controller("CreateVolume", create("one", MIB)).message(1);
    Message again = driver.controller("CreateVolume", create("one", MIB)).message(1);
    assertThat(again.text(2)).isEqualTo(first.text(2)).isNotEmpty();
    assertThat(again.number(1)).isGreaterThanOrEqualTo(MIB);
  }

  @ParameterizedTest
  @CsvSource({"10485760,0", "0,1"})
  void aNameOfAnotherSizeExistsAlready(long required, long limit) throws GrpcFailure {
    created();
    MessageBuilder other =
        new MessageBuilder()
            .text(1, "one")
            .message(2, new MessageBuilder().number(1, required).number(2, limit))
            .message(3, capability());
    assertThat(code("CreateVolume", other)).isEqualTo(Code.ALREADY_EXISTS);
  }

  @Test
  void moreThanThereIsIsOutOfRange() {
    assertThat(code("CreateVolume", create("huge", 1L << 60))).isEqualTo(Code.OUT_OF_RANGE);
  }

  @Test
  void controllersPublishAgainAndAgainInTheSameWay() throws GrpcFailure {
    String id = created();
    Message first = driver.controller("ControllerPublishVolume", published(id, "n1"));
    Message again = driver.controller("ControllerPublishVolume", published(id, "n1"));
    assertThat(again.map(1)).isEqualTo(first.map(1)).isNotEmpty();
    assertThat(code("ControllerPublishVolume", published(id, "n1").flag(4, true)))
        .isEqualTo(Code.ALREADY_EXISTS);
    assertThat(code("ControllerPublishVolume", published(id, "n2"))).isEqualTo(Code.NOT_FOUND);
    assertThat(code("DeleteVolume", new MessageBuilder().text(1, id)))
        .isEqualTo(Code.FAILED_PRECONDITION);
    for (int i = 0; i < 2; i++) {
      driver.controller(
          "ControllerUnpublishVolume", new MessageBuilder().text(1, id).text(2, "n1"));
    }
    for (int i = 0; i < 2; i++) {
      driver.controller("DeleteVolume", new MessageBuilder().text(1, id));
    }
  }

  @Test
  void nodesStageAndPublishAgainAndAgain() throws Exception {
    String id = created();
    for (int i = 0; i < 2; i++) {
      driver.node("NodeStageVolume", staged(id));
    }
    for (int i = 0; i < 2; i++) {
      driver.node("NodePublishVolume", target(id));
    }
    Files.writeString(folder.resolve("target/file"), "content");
    assertThat(driver.node("NodeGetVolumeStats", at(id, "target")).messages(1)).hasSize(1);
    for (int i = 0; i < 2; i++) {
      driver.node("NodeUnpublishVolume", at(id, "target"));
    }
    assertThat(folder.resolve("target")).doesNotExist();
    for (int i = 0; i < 2; i++) {
      driver.node("NodeUnstageVolume", at(id, "staging"));
    }
    assertThat(folder.resolve("staging")).isEmptyDirectory();
  }

  @Test
  void devicesAreStagedAndPublishedAgainAndAgain() throws Exception {
    String id = created();
    Path staging = Files.createDirectory(folder.resolve("staging"));
    MessageBuilder staged =
        new MessageBuilder().text(1, id).text(3, staging.toString()).message(4, block());
    MessageBuilder published =
        new MessageBuilder()
            .text(1, id)
            .text(3, staging.toString())
            .text(4, folder.resolve("target").toString())
            .message(5, block());
    for (int i = 0; i < 2; i++) {
      driver.node("NodeStageVolume", staged);
      driver.node("NodePublishVolume", published);
    }
    assertThat(BlockDevice.at(folder.resolve("target")).orElseThrow().bytes()).isEqualTo(MIB);
    for (int i = 0; i < 2; i++) {
      driver.node("NodeUnpublishVolume", at(id, "target"));
      driver.node("NodeUnstageVolume", at(id, "staging"));
    }
    assertThat(folder.resolve("target")).doesNotExist();
    assertThat(staging).isEmptyDirectory();
    Loops.awaitNone(folder);
  }

  @Test
  void aVolumeBeginsAsACopyOfAnother() throws Exception {
    String id = created();
    Files.writeString(folder.resolve("volumes").resolve(id).resolve("content/file"), "content");
    MessageBuilder from = new MessageBuilder().message(2, new MessageBuilder().text(1, id));
    Message copy = driver.controller("CreateVolume", create("two", MIB).message(6, from));
    assertThat(copy.message(1).message(4).message(2).text(1)).isEqualTo(id);
    String other = copy.message(1).text(2);
    assertThat(folder.resolve("volumes").resolve(other).resolve("content/file"))
        .hasContent("content");
    MessageBuilder nothing =
        new MessageBuilder().message(2, new MessageBuilder().text(1, "v-nothing"));
    assertThat(code("CreateVolume", create("three", MIB).message(6, nothing)))
        .isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void whatIsNotStagedIsNotPublished() throws GrpcFailure {
    MessageBuilder unstaged =
        new MessageBuilder()
            .text(1, created())
            .text(4, folder.resolve("target").toString())
            .message(5, capability());
    assertThat(code("NodePublishVolume", unstaged)).isEqualTo(Code.FAILED_PRECONDITION);
  }

  @Test
  void aTargetOfAnotherVolumeExistsAlready() throws GrpcFailure {
    String one = created();
    String two = driver.controller("CreateVolume", create("two", MIB)).message(1).text(2);
    driver.node("NodeStageVolume", staged(one));
    assertThat(code("NodeStageVolume", staged(two))).isEqualTo(Code.ALREADY_EXISTS);
  }

  @Test
  void capabilitiesAreConfirmedOrNot() throws GrpcFailure {
    String id = created();
    Message fine =
        driver.controller(
            "ValidateVolumeCapabilities",
            new MessageBuilder().text(1, id).message(3, capability()));
    assertThat(fine.present(1)).isPresent();
    Message device =
        driver.controller(
            "ValidateVolumeCapabilities", new MessageBuilder().text(1, id).message(3, block()));
    assertThat(device.present(1)).isPresent();
    MessageBuilder shared =
        new MessageBuilder()
            .message(2, new MessageBuilder())
            .message(
                3, new MessageBuilder().number(1, AccessMode.MULTI_NODE_MULTI_WRITER.number()));
    Message not =
        driver.controller(
            "ValidateVolumeCapabilities", new MessageBuilder().text(1, id).message(3, shared));
    assertThat(not.present(1)).isEmpty();
    assertThat(List.of(not.text(2))).doesNotContain("");
  }
}
