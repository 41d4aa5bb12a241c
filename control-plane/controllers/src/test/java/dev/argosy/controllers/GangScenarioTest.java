package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.runtime.Kinds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a PodGroup says of its pods. */
class GangScenarioTest {

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void close() {
    cluster.close();
  }

  private JsonNode status() {
    return cluster.get(Kinds.POD_GROUPS, "train").path("status");
  }

  private void awaitPhase(String phase) {
    cluster.await(phase, () -> status().path("phase").asString("").equals(phase));
  }

  private void group(int least) {
    ObjectNode group = TestCluster.object("scheduling.x-k8s.io/v1alpha1", "PodGroup", "train");
    group.putObject("spec").put("minMember", least);
    cluster.create(Kinds.POD_GROUPS, group);
  }

  @Test
  void aGangIsPendingWhileMembersAreMissing() {
    group(3);
    awaitPhase("Pending");
    assertThat(status().has("scheduleStartTime")).isFalse();
  }

  @Test
  void aJobWhosePodsAreAGang() {
    group(2);
    ObjectNode job = JobScenarioTest.job("{\"parallelism\":2,\"completions\":2}");
    job.withObject("/spec/template/metadata/labels").put("scheduling.x-k8s.io/pod-group", "train");
    ObjectNode made = (ObjectNode) job.path("metadata");
    cluster.create(Kinds.JOBS, job);
    awaitPhase("Running");
    assertThat(status().path("running").asInt()).isEqualTo(2);
    assertThat(status().path("occupiedBy").asString(""))
        .isEqualTo("default/" + made.path("name").asString(""));
    assertThat(status().path("scheduleStartTime").asString("")).startsWith("2026-01-01T");
  }
}
