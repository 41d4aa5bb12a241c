package dev.argosy.agent.pod.resize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.view.ContainerView;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class SizeChangeTest {

  private static PodView pod(String spec) {
    String json =
        "{\"metadata\":{\"name\":\"p\",\"namespace\":\"default\",\"uid\":\"u\"},\"spec\":"
            + spec
            + "}";
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "default", "p");
    return PodView.of(ApiObject.ofWire(key, 1, json.getBytes(StandardCharsets.UTF_8)));
  }

  private static ContainerView container(String cpuPolicy, String memoryPolicy) {
    return pod("""
    {"containers":[{"name":"main","image":"i:1","resizePolicy":[
      {"resourceName":"cpu","restartPolicy":"%s"},
      {"resourceName":"memory","restartPolicy":"%s"}]}]}
    """
            .formatted(cpuPolicy, memoryPolicy))
        .containers()
        .getFirst();
  }

  private static JsonNode resources(String amounts) {
    String[] a = amounts.split(" ");
    return Json.parse(
        """
        {"requests":{"cpu":"%s","memory":"%s"},"limits":{"cpu":"%s","memory":"%s"}}
        """
            .formatted(a[0], a[1], a[2], a[3])
            .getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "NotRequired, NotRequired, 1 1Gi 1 1Gi, 1 1Gi 1 1Gi, NONE",
    "NotRequired, NotRequired, 1 1Gi 1 1Gi, 1000m 1024Mi 1000m 1024Mi, NONE",
    "RestartContainer, RestartContainer, 1 1Gi 1 1Gi, 1000m 1024Mi 1 1024Mi, NONE",
    "NotRequired, NotRequired, 1 1Gi 1 1Gi, 2 1Gi 2 1Gi, LIVE",
    "NotRequired, NotRequired, 1 1Gi 1 1Gi, 1 1Gi 1 2Gi, LIVE",
    "NotRequired, RestartContainer, 1 1Gi 1 1Gi, 2 1Gi 2 1Gi, LIVE",
    "NotRequired, RestartContainer, 1 1Gi 1 1Gi, 1 1Gi 1 2Gi, RESTART",
    "NotRequired, RestartContainer, 1 1Gi 1 1Gi, 1 512Mi 1 1Gi, RESTART",
    "RestartContainer, NotRequired, 1 1Gi 1 1Gi, 1 1Gi 2 1Gi, RESTART",
    "RestartContainer, NotRequired, 1 1Gi 1 1Gi, 1 1Gi 1 2Gi, LIVE"
  })
  void thePolicyOfWhatChangesDecides(
      String cpuPolicy, String memoryPolicy, String given, String granted, SizeChange expected) {
    assertThat(
            SizeChange.of(resources(given), resources(granted), container(cpuPolicy, memoryPolicy)))
        .isEqualTo(expected);
  }

  @Test
  void aPodAsksForItsContainersSidecarsAndOverheadOrForItsHungriestInitContainer() {
    String requests = "\"resources\":{\"requests\":{\"cpu\":\"%s\",\"memory\":\"%s\"}}";
    String spec =
        """
        {"initContainers":[
           {"name":"side","restartPolicy":"Always",%s},
           {"name":"init",%s}],
         "containers":[{"name":"a",%s},{"name":"b",%s}],
         "overhead":{"cpu":"10m"}}
        """
            .formatted(
                requests.formatted("100m", "10"),
                requests.formatted("50m", "1000"),
                requests.formatted("200m", "20"),
                requests.formatted("300m", "30"));
    assertThat(PodRequest.of(pod(spec))).isEqualTo(new PodRequest(610, 1010));
  }

  @Test
  void aNodeGrantsWhatItHasAndOthersLeave() {
    NodeRoom room = new NodeRoom(new PodRequest(2000, 1000), () -> true);
    room.take("other", new PodRequest(1500, 100));
    room.take("own", new PodRequest(400, 100));
    assertThat(room.resize("own", new PodRequest(2001, 100)))
        .contains(
            new Pending(
                "Infeasible",
                "Node didn't have enough capacity: cpu, requested: 2001, capacity: 2000"));
    assertThat(room.resize("own", new PodRequest(501, 100)))
        .contains(
            new Pending(
                "Deferred",
                "Node didn't have enough resource: cpu, requested: 501, used: 1500, capacity:"
                    + " 2000"));
    assertThat(room.resize("own", new PodRequest(500, 900))).isEmpty();
    assertThat(room.resize("other", new PodRequest(1500, 101))).isPresent();
    room.free("own");
    assertThat(room.resize("other", new PodRequest(1500, 101))).isEmpty();
  }

  @Test
  void lessIsGrantedEvenByANodeThatIsTooFull() {
    NodeRoom room = new NodeRoom(new PodRequest(1000, 1000), () -> true);
    room.take("other", new PodRequest(1000, 1000));
    room.take("own", new PodRequest(500, 500));
    assertThat(room.resize("own", new PodRequest(400, 500))).isEmpty();
  }

  @Test
  void sizesOutliveTheAgent(@TempDir Path folder) throws Exception {
    SizeFile file = new SizeFile(folder.resolve("pod").resolve("sizes.json"));
    assertThat(file.load()).isEmpty();
    PodSizes sizes =
        new PodSizes(
            Map.of("main", resources("1 1Gi 1 1Gi")),
            Map.of("id", resources("2 1Gi 2 1Gi")),
            3,
            Optional.empty());
    file.save(sizes);
    assertThat(file.load()).contains(sizes);
    Files.writeString(folder.resolve("pod").resolve("sizes.json"), "{");
    assertThat(file.load()).isEmpty();
  }
}
