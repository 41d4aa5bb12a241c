package dev.argosy.agent.pod.sync;

import static dev.argosy.agent.pod.sync.TestNode.container;
import static dev.argosy.agent.pod.sync.TestNode.pod;
import static dev.argosy.agent.pod.sync.TestNode.spec;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.Loops;
import dev.argosy.agent.TestDocker;
import dev.argosy.agent.command.Commands;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.runtime.tar.TarFile;
import dev.argosy.agent.volume.mount.MountTable;
import dev.argosy.agent.volume.mount.Mounter;
import dev.argosy.model.client.Patch;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What containers of a real engine see of their volumes; each says by its end what it saw. */
@Timeout(120)
class DockerVolumesTest {

  @TempDir Path data;
  private final String run = "argosy-test-" + UUID.randomUUID().toString().substring(0, 8);
  private ContainerRuntime runtime;
  private TestNode node;

  /** A runtime that sees only what this run makes. */
  ContainerRuntime connect(String agent) {
    return TestDocker.connect(agent);
  }

  @BeforeEach
  void start() {
    runtime = connect(run);
    node = new TestNode(run, runtime, new TestNode.FakeNetwork(), data);
  }

  @AfterEach
  void stop() throws RuntimeFailure, IOException {
    node.close();
    for (Container one : runtime.containers(Map.of())) {
      runtime.removeContainer(one.id());
    }
    for (Sandbox one : runtime.sandboxes(Map.of())) {
      runtime.removeSandbox(one.id());
    }
    runtime.close();
    new Mounter().unmountBelow(data);
  }

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.mapper().readTree(text.replace('\'', '"'));
  }

  /** A pod with a volume at {@code /v} whose only container succeeds if the script does. */
  private void succeeds(String volume, String mount, String script) {
    ObjectNode pod = pod("sees", TestDocker.IMAGE, "sh", "-ec", script);
    container(pod, 0)
        .withArray("volumeMounts")
        .add(json(mount).put("name", "v").put("mountPath", "/v"));
    succeeds(pod, volume, script);
  }

  private void succeeds(ObjectNode pod, String volume, String script) {
    spec(pod).put("restartPolicy", "Never");
    spec(pod).withArray("volumes").add(json(volume).put("name", "v"));
    ObjectKey key = node.run(pod);
    String phase =
        node.awaitPod(key, p -> p.at("/status/phase").asString("").matches("Succeeded|Failed"))
            .at("/status/phase")
            .asString("");
    assertThat(phase).as(script).isEqualTo("Succeeded");
    node.delete(key);
    node.awaitGone(key);
  }

  @Test
  void an_image_is_mounted_as_it_is_and_read_only() throws Exception {
    byte[] model =
        new TarFile().folder("data").file("data/model", 0644, "m".getBytes(UTF_8)).bytes();
    runtime.images().load(run + ":1", new ByteArrayInputStream(model));
    try {
      String image = "{'image':{'reference':'" + run + ":1','pullPolicy':'Never'}}";
      succeeds(
          image,
          "{}",
          "test \"$(ls -A /v)\" = data; test \"$(cat /v/data/model)\" = m; ! touch /v/x");
      succeeds(image, "{'subPath':'data'}", "test \"$(cat /v/model)\" = m; ! touch /v/x");
      assertThat(MountTable.read().below(data)).isEmpty();
    } finally {
      runtime.images().remove(run + ":1");
    }
  }

  @Test
  void a_claim_is_a_block_device_of_its_size() throws Exception {
    claimed("Block");
    String claimed = "{'persistentVolumeClaim':{'claimName':'data'%s}}";
    device(
        claimed.formatted(""),
        "test -b /dev/xvda; printf rows | dd of=/dev/xvda conv=notrunc;"
            + " ! dd if=/dev/zero of=/dev/xvda bs=1M seek=15 count=5");
    device(
        claimed.formatted(",'readOnly':true"),
        "test \"$(dd if=/dev/xvda bs=1 count=4)\" = rows; ! dd if=/dev/zero of=/dev/xvda count=1");
    Loops.awaitNone(data);
    assertThat(MountTable.read().below(data.resolve("disks"))).isEmpty();
  }

  /** The same at {@code /dev/xvda}. */
  private void device(String volume, String script) {
    ObjectNode pod = pod("sees", TestDocker.IMAGE, "sh", "-ec", script);
    container(pod, 0)
        .withArray("volumeDevices")
        .addObject()
        .put("name", "v")
        .put("devicePath", "/dev/xvda");
    succeeds(pod, volume, script);
  }

  @Test
  void a_claim_is_a_disk_of_its_size() throws Exception {
    claimed("Filesystem");
    String claimed = "{'persistentVolumeClaim':{'claimName':'data'}}";
    succeeds(
        claimed,
        "{'subPath':'a/b'}",
        "echo rows > /v/table; ! dd if=/dev/zero of=/v/big bs=1M count=20; rm /v/big");
    succeeds(claimed, "{'readOnly':true}", "test \"$(cat /v/a/b/table)\" = rows; ! touch /v/x");
  }

  private void claimed(String mode) {
    ObjectNode claim = json("{'apiVersion':'v1','kind':'PersistentVolumeClaim'}");
    claim.putObject("metadata").put("name", "data").put("namespace", "default");
    claim.putObject("spec").put("volumeName", "pvc-1");
    ObjectKey key = node.create("persistentvolumeclaims", claim);
    node.client.patch(key, "status", Patch.merge(json("{'status':{'phase':'Bound'}}"))).orThrow();
    String uid = node.client.get(key).orThrow().meta().uid();
    ObjectNode volume =
        json(
            "{'apiVersion':'v1','kind':'PersistentVolume','metadata':{'name':'pvc-1',"
                + "'annotations':{'pv.kubernetes.io/provisioned-by':'argosy.dev/local-path'}},"
                + "'spec':{'capacity':{'storage':'16Mi'},"
                + "'persistentVolumeReclaimPolicy':'Delete'}}");
    volume.withObject("/spec").put("volumeMode", mode).putObject("claimRef").put("uid", uid);
    node.client
        .create(
            ResourceScope.cluster(new GroupResource("", "persistentvolumes"), TestNode.CLUSTER),
            volume)
        .orThrow();
  }

  @Test
  void a_part_of_a_volume_and_mounts_of_the_machine_are_seen() throws Exception {
    Path folder = Files.createDirectory(data.resolve("machine"));
    new Mounter().memory(folder, 1 << 20, "0755");
    Commands.run(List.of("mount", "--make-shared", folder.toString()));
    Files.createDirectory(folder.resolve("inner"));
    Files.writeString(folder.resolve("inner/file"), "x");
    String there = "{'hostPath':{'path':'" + folder + "','type':'Directory'}}";
    succeeds(there, "{'subPath':'inner','readOnly':true}", "cat /v/file; ! touch /v/x");
    succeeds(there, "{'mountPropagation':'HostToContainer'}", "cat /v/inner/file; touch /v/made");
    assertThat(folder.resolve("made")).exists();
  }
}
