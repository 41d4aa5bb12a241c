package dev.argosy.agent.volume.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.Loops;
import dev.argosy.agent.command.Commands;
import dev.argosy.agent.pod.config.PodFolder;
import dev.argosy.agent.volume.mount.BlockDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Volumes of the platform that are block devices, with real loop devices. */
final class RawVolumesTest {

  private static final VolumeId ID = DiskBench.ID;
  private static final long SIZE = DiskBench.SIZE;

  @TempDir private Path data;
  private DiskBench bench;

  @BeforeEach
  void open() {
    bench = new DiskBench(data);
  }

  @AfterEach
  void close() throws IOException {
    bench.close();
  }

  private LocalVolumes volumes() {
    return bench.volumes();
  }

  private PodFolder pod(String uid) {
    return bench.pod(uid);
  }

  private Path use(LocalVolumes volumes, String uid, long bytes) throws IOException {
    return volumes.useDevice(ID, bytes, true, pod(uid).volume("v")).folder();
  }

  private void release(LocalVolumes volumes, String uid) throws IOException {
    bench.release(volumes, uid);
  }

  private static long size(Path device) throws IOException {
    return BlockDevice.at(device).orElseThrow().bytes();
  }

  private void nothingIsAttached() throws IOException {
    assertThat(bench.mounted()).isEmpty();
    Loops.awaitNone(data);
  }

  @Test
  void a_device_has_its_size_and_keeps_what_is_written() throws Exception {
    LocalVolumes volumes = volumes();
    Path device = use(volumes, "a", SIZE);
    assertThat(size(device)).isEqualTo(SIZE);
    assertThat(volumes.usable(device)).isTrue();
    assertThat(use(volumes, "b", SIZE)).isEqualTo(device);
    assertThat(Loops.of(data)).hasSize(1);
    try (FileChannel open = FileChannel.open(device, StandardOpenOption.WRITE)) {
      open.write(ByteBuffer.wrap("rows".getBytes(StandardCharsets.UTF_8)), SIZE - 4);
    }
    release(volumes, "a");
    assertThat(size(device)).isEqualTo(SIZE);
    release(volumes, "b");
    nothingIsAttached();
    Path again = use(volumes, "c", SIZE);
    ByteBuffer end = ByteBuffer.allocate(8);
    try (FileChannel open = FileChannel.open(again, StandardOpenOption.READ)) {
      open.read(end, SIZE - 8);
    }
    assertThat(end.array())
        .startsWith(0, 0, 0, 0)
        .endsWith("rows".getBytes(StandardCharsets.UTF_8));
    release(volumes, "c");
  }

  @Test
  void a_large_device_takes_no_room_before_it_is_filled() throws Exception {
    Path device = use(volumes(), "a", 100L << 30);
    assertThat(size(device)).isEqualTo(100L << 30);
    Path file = bench.file("raw");
    String blocks = Commands.run(List.of("stat", "-c", "%b", file.toString())).output().strip();
    assertThat(Long.parseLong(blocks) * 512).isLessThan(1 << 20);
  }

  @Test
  void a_device_grows_while_it_is_used() throws Exception {
    LocalVolumes volumes = volumes();
    Path device = use(volumes, "a", SIZE);
    use(volumes, "a", 2 * SIZE);
    assertThat(size(device)).isEqualTo(2 * SIZE);
    use(volumes, "a", SIZE);
    assertThat(size(device)).as("it does not shrink").isEqualTo(2 * SIZE);
  }

  @Test
  void an_agent_that_dies_while_a_device_grows_lets_the_next_one_do_it() throws Exception {
    Path device = use(volumes(), "a", SIZE);
    LocalVolumes dying = bench.volumes(new DyingHost(1));
    assertThatThrownBy(() -> use(dying, "a", 2 * SIZE)).isInstanceOf(DyingHost.Died.class);
    assertThat(size(device)).isEqualTo(SIZE);
    use(volumes(), "a", 2 * SIZE);
    assertThat(size(device)).isEqualTo(2 * SIZE);
  }

  /** Whoever detaches it by hand lets its number come to another file. */
  @Test
  void a_device_that_became_anothers_is_never_shown() throws Exception {
    LocalVolumes volumes = volumes();
    Path device = use(volumes, "a", SIZE);
    new LinuxHost().unloop(bench.file("raw"));
    Path other = data.resolve("other");
    Files.write(other, new byte[1 << 20]);
    Path loop = new LinuxHost().loop(other);
    try {
      assertThat(volumes.usable(device)).isFalse();
      assertThat(size(use(volumes, "a", SIZE))).isEqualTo(SIZE);
      assertThat(volumes.usable(device)).isTrue();
    } finally {
      Commands.run(List.of("losetup", "-d", loop.toString()));
    }
    release(volumes, "a");
    nothingIsAttached();
  }

  @Test
  void an_agent_that_dies_at_any_step_leaves_nothing_behind() throws Exception {
    int deaths =
        bench.deaths(
            volumes -> {
              use(volumes, "a", SIZE);
              release(volumes, "a");
              bench.freeWith(volumes);
            },
            next -> {
              nothingIsAttached();
              assertThat(size(use(next, "a", SIZE))).isEqualTo(SIZE);
              assertThat(Loops.of(data)).hasSize(1);
              release(next, "a");
              bench.freeWith(next);
              nothingIsAttached();
              assertThat(bench.file("")).doesNotExist();
            });
    assertThat(deaths).isGreaterThan(10);
  }
}
