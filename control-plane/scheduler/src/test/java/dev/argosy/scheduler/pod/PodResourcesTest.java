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

  private static Resources resized(String asked, String granted, String condition) {
    return PodResources.of(
        json("{'containers':[" + container("a", asked, "") + "]}"),
        json(
            "{'conditions':["
                + condition
                + "],'containerStatuses':[{'name':'a','allocatedResources':{'cpu':'"
                + granted
                + "'},'resources':{'requests':{'cpu':'"
                + granted
                + "'}}}]}"));
  }

  @Test
  void a_resized_pod_takes_the_most_of_what_it_asks_for_and_has() {
    assertThat(resized("1", "2", "").milliCpu()).isEqualTo(2000);
    assertThat(resized("3", "2", "").milliCpu()).isEqualTo(3000);
  }

  @Test
  void what_a_node_can_never_grant_does_not_count() {
    String never = "{'type':'PodResizePending','status':'True','reason':'Infeasible'}";
    String later = "{'type':'PodResizePending','status':'True','reason':'Deferred'}";
    assertThat(resized("64", "2", never).milliCpu()).isEqualTo(2000);
    assertThat(resized("3", "2", later).milliCpu()).isEqualTo(3000);
  }

  @Test
  void requests_of_the_pod_as_a_whole_stand_in_the_place_of_the_sum() {
    String whole =
        "{'containers':["
            + container("a", "1", "")
            + "],'resources':{'requests':{'cpu':'250m'}},'overhead':{'cpu':'50m'}}";
    assertThat(of(whole).milliCpu()).isEqualTo(300);
  }

  @Test
  void for_scores_a_container_that_asks_for_nothing_counts_as_a_little() {
    String two = "{'containers':[{'name':'a'}," + container("b", "1", "") + "]}";
    assertThat(PodResources.usual(json(two), json("{}")))
        .isEqualTo(new Usual(1100, 400L * 1024 * 1024));
  }
}
