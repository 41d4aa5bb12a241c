package dev.argosy.agent.csi.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.csi.Drivers;
import dev.argosy.agent.csi.door.ControllerDoor.Answer;
import dev.argosy.agent.csi.driver.TestDriver;
import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.plugin.PluginInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ControllerDoorTest {

  private static final String CREATE =
      """
      {"name":"one","capacityRange":{"requiredBytes":4194304,"limitBytes":"8388608"},
       "volumeCapabilities":[{"mount":{"fsType":"ext4","mountFlags":["noatime","ro"]},
         "accessMode":{"mode":"SINGLE_NODE_WRITER"}}],
       "parameters":{"kind":"folder"},"secrets":{"key":"hidden-word"},
       "accessibilityRequirements":{"requisite":[{"segments":{"zone":"a"}}],
         "preferred":[{"segments":{"zone":"a"}}]}}\
      """;

  private final Drivers drivers = new Drivers(() -> {});
  private final ControllerDoor door = new ControllerDoor(drivers);
  @TempDir private Path folder;
  private TestDriver served;

  @BeforeEach
  void register() throws Exception {
    Path socket = folder.resolve("csi.sock");
    served = new TestDriver(socket, folder.resolve("volumes"), "n1");
    drivers.registered(
        new PluginInfo(
            PluginInfo.CSI, TestDriver.NAME, socket, List.of("1.0.0"), folder.resolve("reg")));
  }

  @AfterEach
  void close() {
    drivers.close();
    served.close();
  }

  private Answer post(String method, String body) {
    return door.answer("/csi/v1/disk.example.com/" + method, body.getBytes(UTF_8));
  }

  @Test
  void driversAreListedWithWhatTheyCan() {
    Answer answer = door.answer("/csi/v1", new byte[0]);
    assertThat(answer.code()).isEqualTo(200);
    assertThat(answer.body())
        .hasToString(
            "{\"drivers\":[{\"name\":\"disk.example.com\",\"nodeID\":\"n1\",\"controller\":true,"
                + "\"capabilities\":[\"CREATE_DELETE_VOLUME\",\"PUBLISH_UNPUBLISH_VOLUME\","
                + "\"GET_CAPACITY\",\"CLONE_VOLUME\",\"EXPAND_VOLUME\",\"SINGLE_NODE_MULTI_WRITER\"],"
                + "\"pluginCapabilities\":[\"CONTROLLER_SERVICE\","
                + "\"VOLUME_ACCESSIBILITY_CONSTRAINTS\",\"ONLINE\"]}]}");
  }

  @Test
  void aVolumeLivesThroughTheDoor() {
    Answer made = post("CreateVolume", CREATE);
    assertThat(made.code()).isEqualTo(200);
    String id = made.body().at("/volume/volumeId").asString("");
    assertThat(made.body().at("/volume/capacityBytes").asLong()).isEqualTo(4194304);
    assertThat(made.body().at("/volume/volumeContext/kind").asString("")).isEqualTo("folder");
    assertThat(made.body().at("/volume/accessibleTopology/0/segments").size()).isEqualTo(1);
    Answer attached =
        post(
            "ControllerPublishVolume",
            """
            {"volumeId":"%s","nodeId":"n1","readonly":false,
             "volumeCapability":{"block":{},"accessMode":{"mode":"SINGLE_NODE_WRITER"}}}\
            """
                .formatted(id));
    assertThat(attached.body().at("/publishContext/device").asString("")).contains(id);
    assertThat(
            post(
                    "ControllerExpandVolume",
                    "{\"volumeId\":\"%s\",\"capacityRange\":{\"requiredBytes\":9000000}}"
                        .formatted(id))
                .body())
        .hasToString("{\"capacityBytes\":9000000,\"nodeExpansionRequired\":true}");
    assertThat(post("ControllerUnpublishVolume", "{\"volumeId\":\"%s\"}".formatted(id)).code())
        .isEqualTo(200);
    assertThat(post("DeleteVolume", "{\"volumeId\":\"%s\"}".formatted(id)).body())
        .hasToString("{}");
    assertThat(post("GetCapacity", "{}").body().path("maximumVolumeSize").asLong())
        .isEqualTo(1L << 40);
  }

  @Test
  void allFieldsComeToTheDriver() {
    post("CreateVolume", CREATE);
    Message request = served.script().last("CreateVolume");
    assertThat(request.message(2).number(2)).isEqualTo(8388608);
    assertThat(request.message(3).message(2).text(1)).isEqualTo("ext4");
    assertThat(request.message(3).message(2).texts(2)).containsExactly("noatime", "ro");
    assertThat(request.map(5)).isEqualTo(Map.of("key", "hidden-word"));
    assertThat(request.message(7).messages(1).getFirst().map(1)).containsEntry("zone", "a");
  }

  @Test
  void whatADriverRefusesIsToldWithItsCode() {
    post("CreateVolume", CREATE);
    Answer other = post("CreateVolume", CREATE.replace("4194304", "8000000"));
    assertThat(other.code()).isEqualTo(502);
    assertThat(other.body())
        .hasToString(
            "{\"code\":\"ALREADY_EXISTS\",\"message\":\"a volume of that name has another size\"}");
    served.script().fail("DeleteVolume", Code.RESOURCE_EXHAUSTED, "later");
    assertThat(post("DeleteVolume", "{\"volumeId\":\"x\"}").body().path("code").asString(""))
        .isEqualTo("RESOURCE_EXHAUSTED");
  }

  @Test
  void aDriverThatDoesNotAnswerIsUnavailable() {
    served.close();
    Answer answer = post("GetCapacity", "{}");
    assertThat(answer.code()).isEqualTo(502);
    assertThat(answer.body().path("code").asString("")).isEqualTo("UNAVAILABLE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[]|the body must be an object",
        "{\"name|the body is no JSON",
        "{\"nam\":\"hidden-word\"}|unknown field nam",
        "{\"name\":7}|name must be a text",
        "{\"secrets\":{\"a\":{\"b\":\"hidden-word\"}}}|secrets must be an object of texts",
        "{\"capacityRange\":{\"requiredBytes\":-1}}|capacityRange.requiredBytes must be a whole"
            + " number, not less than 0",
        "{\"capacityRange\":{\"requiredBytes\":\"x\"}}|capacityRange.requiredBytes must be a whole"
            + " number",
        "{\"volumeCapabilities\":{}}|volumeCapabilities must be a list"
      })
  void badBodiesAreRefusedWithTheirPlaceAndNothingOfThem(String body, String message) {
    Answer answer = post("CreateVolume", body);
    assertThat(answer.code()).isEqualTo(400);
    assertThat(answer.body().path("message").asString("")).isEqualTo(message);
    assertThat(answer.body().toString()).doesNotContain("hidden-word");
  }

  @Test
  void unknownModesAreRefusedWithTheOnesThereAre() {
    Answer answer =
        post(
            "CreateVolume", "{\"volumeCapabilities\":[{\"accessMode\":{\"mode\":\"SOMETIMES\"}}]}");
    assertThat(answer.body().path("message").asString(""))
        .startsWith(
            "volumeCapabilities.accessMode.mode must be one of UNKNOWN, SINGLE_NODE_WRITER");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(door.answer("/csi/v1/other.example.com/CreateVolume", new byte[0]).code())
        .isEqualTo(404);
    assertThat(post("NodeStageVolume", "{}").code()).isEqualTo(404);
    assertThat(door.answer("/csi/v2", new byte[0]).code()).isEqualTo(404);
  }
}
