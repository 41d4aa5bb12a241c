package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.command.Commands.Outcome;
import dev.argosy.agent.runtime.spi.ContainerSpec.Extras.Device;
import dev.argosy.agent.volume.mount.BlockDevice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Devices of the machine that PersistentVolumes name, with a real loop device. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class OfferedDevicesTest {

  private static final String CLAIMED = "{'persistentVolumeClaim':{'claimName':'data'}}";
  private static final String DEVICES =
      "{'securityContext':{'fsGroup':1234},'containers':[{'name':'c','volumeDevices':"
          + "[{'name':'v','devicePath':'/dev/xvda'}]}]}";

  @TempDir Path data;
  @TempDir Path machine;
  private VolumeBench bench;
  private Path image;
  private Path disk;

  @BeforeEach
  void open() throws Exception {
    image = Files.write(machine.resolve("image"), new byte[1 << 20]);
    disk = Path.of(run("losetup", "-f", "--show", image.toString()));
    bench = new VolumeBench(data);
    bench.claim("data", "ssd", "1Mi");
    bench.patchVolume("ssd", "{'metadata':{'annotations':null},'spec':{'volumeMode':'Block'}}");
    Files.createDirectories(data.resolve("offered"));
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
    run("losetup", "-d", disk.toString());
  }

  private static String run(String... command) {
    Outcome outcome = Commands.run(List.of(command));
    assertThat(outcome.ok()).as(outcome.output()).isTrue();
    return outcome.output().strip();
  }

  private void offer(Path what) throws Exception {
    Files.createSymbolicLink(data.resolve("offered").resolve(what.getFileName()), what);
  }

  private void volume(Path path) {
    bench.patchVolume("ssd", "{'spec':{'local':{'path':'" + path + "'}}}");
  }

  private void prepare() throws Exception {
    bench.prepare("uid", DEVICES, CLAIMED);
  }

  private String number(Path device) throws Exception {
    return BlockDevice.at(device).orElseThrow().number();
  }

  @Test
  void a_device_that_is_offered_is_the_containers() throws Exception {
    offer(disk);
    volume(disk);
    prepare();
    prepare();
    Device device = bench.device("uid", CLAIMED);
    assertThat(device.containerPath()).isEqualTo("/dev/xvda");
    assertThat(device.permissions()).isEqualTo("rwm");
    assertThat(number(Path.of(device.hostPath()))).isEqualTo(number(disk));
    Files.writeString(Path.of(device.hostPath()), "rows");
    String group = Files.getAttribute(disk, "unix:gid").toString();
    bench.release("uid");
    assertThat(bench.mounted()).isEmpty();
    assertThat(data.resolve("pods/uid")).doesNotExist();
    run("sync");
    assertThat(image).content().startsWith("rows");
    assertThat(disk).as("it is the machine's").exists();
    assertThat(Files.getAttribute(disk, "unix:gid")).hasToString(group);
  }

  /** As those in {@code /dev/disk/by-id}. */
  @Test
  void a_link_to_a_device_is_offered_by_its_name() throws Exception {
    Path lasting = Files.createSymbolicLink(machine.resolve("by-id"), disk);
    offer(lasting);
    volume(lasting);
    prepare();
    assertThat(number(Path.of(bench.device("uid", CLAIMED).hostPath()))).isEqualTo(number(disk));
    bench.release("uid");
  }

  /** Containers can make files of devices in folders that they mount. */
  @Test
  void what_lies_in_a_folder_that_is_offered_is_no_device_for_pods() throws Exception {
    Path folder = Files.createDirectory(machine.resolve("disks"));
    Path made = folder.resolve("made");
    String[] numbers = number(disk).split(":", 2);
    run("mknod", made.toString(), "b", numbers[0], numbers[1]);
    Path link = Files.createSymbolicLink(folder.resolve("link"), disk);
    offer(folder);
    for (Path path : List.of(made, link, disk)) {
      volume(path);
      assertThatThrownBy(this::prepare)
          .hasMessage(
              "MapVolume.MapPodDevice failed for volume \"v\" : this node does not offer \""
                  + path
                  + "\" to PersistentVolumes: whoever runs it can, by a link in "
                  + data.resolve("offered")
                  + " that leads to the device itself");
    }
    assertThat(bench.mounted()).isEmpty();
  }

  @Test
  void what_is_no_device_is_told() throws Exception {
    offer(image);
    volume(image);
    assertThatThrownBy(this::prepare).hasMessageEndingWith(image + " is not a block device");
    offer(disk);
    volume(disk);
    bench.patchVolume("ssd", "{'spec':{'volumeMode':'Filesystem'}}");
    assertThatThrownBy(() -> bench.prepare("uid", "{}", CLAIMED))
        .hasMessageEndingWith(disk + " is not a directory");
    bench.patchVolume("ssd", "{'spec':{'volumeMode':'Block'}}");
    String mounts = "{'containers':[{'name':'c','volumeMounts':[{'name':'v','mountPath':'/v'}]}]}";
    assertThatThrownBy(() -> bench.prepare("uid", mounts, CLAIMED))
        .hasMessageEndingWith("volume v has volumeMode Block, but is specified in volumeMounts");
  }

  @Test
  void files_of_devices_are_mounted_as_files() throws Exception {
    String ofPod = "{'hostPath':{'path':'%s','type':'BlockDevice'}}".formatted(disk);
    bench.prepare("uid", "{}", ofPod);
    assertThat(bench.mount("uid", ofPod, "{}", "").hostPath()).isEqualTo(disk.toString());
    offer(disk);
    bench.patchVolume(
        "ssd",
        "{'spec':{'volumeMode':'Filesystem','hostPath':{'path':'%s','type':'BlockDevice'}}}"
            .formatted(disk));
    bench.prepare("uid", "{}", CLAIMED);
    assertThat(number(bench.content("uid"))).isEqualTo(number(disk));
    bench.release("uid");
    assertThat(bench.mounted()).isEmpty();
  }
}
