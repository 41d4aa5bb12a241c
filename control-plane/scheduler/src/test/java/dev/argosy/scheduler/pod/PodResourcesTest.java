package dev.argosy.scheduler.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The Kubernetes page "Init Containers", resource sharing within containers. */
class PodResourcesTest {

  private static Resources of(String spec) {
    return PodResources.of(json(spec), json("{}"));
  }

  private static JsonNode json(String text) {
    return Json.mapper().readTree(text.replace('\'', '"'));
  }

  private static String container(String name, String cpu, String more) {
    return "{'name':'" + name + "','resources':{'requests':{'cpu':'" + cpu + "'}}" + more + "}";
  }

  @Test
  void containers_add_up_with_the_overhead() {
    assertThat(
            of(
                "{'containers':["
                    + container("a", "250m", "")
                    + ","
                    + container("b", "1", "")
                    + "],'overhead':{'cpu':'50m'}}"))
        .extracting(Resources::milliCpu)
        .isEqualTo(1300L);
  }

  @Test
  void an_init_container_that_needs_more_counts_instead() {
    assertThat(
            of(
                "{'containers':["
                    + container("a", "1", "")
                    + "],'initContainers':["
                    + container("i", "3", "")
                    + "]}"))
        .extracting(Resources::milliCpu)
        .isEqualTo(3000L);
  }

  @Test
  void sidecars_run_beside_all_that_come_after() {
    assertThat(
            of(
                "{'containers':["
                    + container("a", "1", "")
                    + "],'initContainers':["
                    + container("s", "500m", ",'restartPolicy':'Always'")
                    + ","
                    + container("i", "2", "")
                    + "]}"))
        .extracting(Resources::milliCpu)
        .isEqualTo(2500L);
  }
}
