package dev.argosy.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.controllers.FakeDriver.Failure;
import dev.argosy.controllers.runtime.Kinds;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Claims that are to be filled from something get that, or wait and are told why. */
class CloneScenarioTest {

  private static final String OF_CLAIM = "{'kind':'PersistentVolumeClaim','name':'%s'}";

  private final TestCluster cluster = new TestCluster();
  private final CsiObjects csi = new CsiObjects(cluster);

  @BeforeEach
  void driver() {
    csi.csiNode("node-1");
    csi.driver("'argosy.dev/controller':'platform'", "");
    cluster.driver.setCapabilities("CREATE_DELETE_VOLUME CLONE_VOLUME");
    storage("fast", CsiObjects.DRIVER, "Immediate");
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private void storage(String name, String provisioner, String binding) {
    csi.inTenant(
        Kinds.STORAGE_CLASSES,
        "{'metadata':{'name':'%s'},'provisioner':'%s','volumeBindingMode':'%s','reclaimPolicy':'Delete'}"
            .formatted(name, provisioner, binding));
  }

  private void copy(String name, String storage, String size, String source) {
    cluster.create(
        Kinds.VOLUME_CLAIMS,
        CsiObjects.json(
            "{'metadata':{'name':'%s'},'spec':{'accessModes':['ReadWriteOnce'],'storageClassName':'%s','resources':{'requests':{'storage':'%s'}},'dataSource':%s}}"
                .formatted(name, storage, size, source)));
  }

  private JsonNode claim(String name) {
    return cluster.get(Kinds.VOLUME_CLAIMS, name);
  }

  private void awaitBound(String name) {
    cluster.await(
        name + " bound",
        () -> CsiObjects.text(claim(name), "/status/phase").equals("Bound"),
        () -> claim(name) + " " + csi.events());
  }

  private void awaitTold(String message) {
    cluster.await(
        "the event", () -> csi.events().stream().anyMatch(e -> e.endsWith(message)), csi::events);
  }

  private String source() {
    csi.claim("data", "fast", "");
    awaitBound("data");
    return "h-" + CsiObjects.text(claim("data"), "/spec/volumeName");
  }

  @Test
  void a_claim_becomes_a_copy_of_another() {
    String handle = source();
    copy("copy", "fast", "2Gi", OF_CLAIM.formatted("data"));
    awaitBound("copy");
    JsonNode request = cluster.driver.calls("CreateVolume").getLast().request();
    assertThat(CsiObjects.text(request, "/volumeContentSource/volume/volumeId")).isEqualTo(handle);
    assertThat(cluster.driver.volumes()).hasSize(2);
    csi.delete(Kinds.VOLUME_CLAIMS, "data");
    cluster.await("the end of the first", () -> claim("data").isEmpty());
    cluster.await("that of its volume", () -> cluster.driver.volumes().size() == 1);
  }

  @Test
  void what_is_being_copied_stays_until_it_is() {
    source();
    cluster.driver.setFailure(
        call -> new Failure(call.method().equals("CreateVolume") ? "UNAVAILABLE" : "", false));
    copy("copy", "fast", "1Gi", OF_CLAIM.formatted("data"));
    cluster.await("a try", () -> cluster.driver.calls("CreateVolume").size() > 2);
    csi.delete(Kinds.VOLUME_CLAIMS, "data");
    cluster.crash();
    cluster.elapse(Duration.ofSeconds(30));
    assertThat(claim("data").at("/metadata/finalizers").toString())
        .isEqualTo("[\"provisioner.storage.kubernetes.io/cloning-protection\"]");
    cluster.driver.setFailure(call -> new Failure("", false));
    awaitBound("copy");
    cluster.await("the end of the first", () -> claim("data").isEmpty());
  }

  @Test
  void a_copy_waits_for_what_it_is_a_copy_of() {
    copy("copy", "fast", "1Gi", OF_CLAIM.formatted("data"));
    awaitTold("persistentvolumeclaim \"data\" not found");
    assertThat(cluster.driver.calls("CreateVolume")).isEmpty();
    source();
    awaitBound("copy");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'apiGroup':'snapshot.storage.k8s.io','kind':'VolumeSnapshot','name':'s'} | 1Gi | a claim"
            + " cannot be filled from a VolumeSnapshot here, only from another claim",
        "{'kind':'PersistentVolumeClaim','name':'data'} | 512Mi | new PVC request must be greater"
            + " than or equal in size to the specified PVC data source, requested 512Mi but source"
            + " is 1Gi",
      })
  void what_nobody_serves_is_told_and_no_volume_is_made(String from, String size, String message) {
    source();
    copy("copy", "fast", size, from);
    awaitTold(message);
    cluster.elapse(Duration.ofMinutes(1));
    assertThat(cluster.driver.volumes()).as("the first alone").hasSize(1);
    assertThat(CsiObjects.text(claim("copy"), "/spec/volumeName")).isEmpty();
  }

  @Test
  void a_driver_that_makes_no_copies_is_not_asked() {
    cluster.driver.setCapabilities("CREATE_DELETE_VOLUME");
    source();
    copy("copy", "fast", "1Gi", OF_CLAIM.formatted("data"));
    awaitTold("driver disk.example.com makes no copies of volumes");
    assertThat(cluster.driver.volumes()).hasSize(1);
  }

  @Test
  void a_volume_that_a_driver_made_empty_is_no_copy() {
    source();
    cluster.driver.setForgetful(true);
    copy("copy", "fast", "1Gi", OF_CLAIM.formatted("data"));
    awaitTold("volume content source missing");
    cluster.await("its end", () -> cluster.driver.volumes().size() == 1);
    cluster.driver.setForgetful(false);
    awaitBound("copy");
  }

  @Test
  void what_begins_empty_is_no_copy_either() {
    storage("local-path", "argosy.dev/local-path", "WaitForFirstConsumer");
    csi.inTenant(
        Kinds.VOLUMES,
        "{'metadata':{'name':'free'},'spec':{'storageClassName':'local-path','accessModes':['ReadWriteOnce'],'capacity':{'storage':'1Gi'},'nfs':{'server':'s','path':'/'}}}");
    copy("copy", "local-path", "1Gi", OF_CLAIM.formatted("data"));
    awaitTold(
        "volumes of class \"local-path\" begin empty, and the claim is to be filled from"
            + " PersistentVolumeClaim \"data\": copy what is there by a pod, or take a class of a"
            + " driver that makes copies");
    cluster.patch(
        Kinds.VOLUME_CLAIMS,
        "copy",
        "{\"metadata\":{\"annotations\":{\"volume.kubernetes.io/selected-node\":\"node-1\"}}}");
    cluster.elapse(Duration.ofSeconds(30));
    assertThat(csi.all(Kinds.VOLUMES, TestCluster.TENANT)).hasSize(1);
    assertThat(CsiObjects.text(claim("copy"), "/spec/volumeName")).isEmpty();
  }
}
