package dev.argosy.agent.volume.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.Loops;
import dev.argosy.agent.command.Commands;
import dev.argosy.agent.pod.config.PodFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalVolumesTest {

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

  private LocalVolumes.Ready use(LocalVolumes volumes, String uid) throws IOException {
    return volumes.use(ID, SIZE, true, pod(uid).volume("v"));
  }

  private void release(LocalVolumes volumes, String uid) throws IOException {
    bench.release(volumes, uid);
  }

  private List<Path> mounted() throws IOException {
    return bench.mounted();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(data.resolve("disks"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void a_large_disk_takes_little_room_before_it_is_filled() throws Exception {
    long large = 100L << 30;
    LocalVolumes.Ready ready = volumes().use(ID, large, true, pod("a").volume("v"));
    assertThat(ready.folder().toFile().getTotalSpace()).isGreaterThan(large * 9 / 10);
    String blocks =
        Commands.run(List.of("stat", "-c", "%b", bench.file("disk").toString())).output();
    assertThat(Long.parseLong(blocks) * 512).isLessThan(256L << 20);
  }

  @Test
  void stays_mounted_until_the_last_pod_has_gone() throws Exception {
    LocalVolumes volumes = volumes();
    use(volumes, "a");
    use(volumes, "b");
    release(volumes, "a");
    assertThat(mounted()).hasSize(1);
    assertThat(Loops.of(data)).hasSize(1);
    release(volumes, "b");
    assertThat(mounted()).isEmpty();
    Loops.awaitNone(data);
  }

  @Test
  void what_is_used_does_not_unmount_and_stays_the_pods() throws Exception {
    LocalVolumes volumes = volumes();
    Path folder = use(volumes, "a").folder();
    Process user = new ProcessBuilder("sleep", "100").directory(folder.toFile()).start();
    try {
      assertThatThrownBy(() -> volumes.release(pod("a").path())).hasMessageContaining("busy");
      assertThat(pod("a").volume("v")).isSymbolicLink();
    } finally {
      user.destroyForcibly().waitFor();
    }
    release(volumes, "a");
    assertThat(mounted()).isEmpty();
  }

  @Test
  void is_freed_when_the_api_has_had_no_such_volume_for_a_minute() throws Exception {
    LocalVolumes volumes = volumes();
    use(volumes, "a");
    volumes.sweep(id -> Known.NOT_THERE);
    release(volumes, "a");
    volumes.sweep(id -> Known.NOT_THERE);
    volumes.sweep(id -> Known.NOT_THERE);
    assertThat(files()).hasSize(2);
    bench.pass(Duration.ofSeconds(60));
    volumes.sweep(id -> Known.NOT_ASKED);
    assertThat(files()).hasSize(2);
    volumes.sweep(id -> Known.NOT_THERE);
    assertThat(files()).isEmpty();
    assertThat(bench.file("")).doesNotExist();
  }

  @Test
  void is_kept_if_its_policy_was_to_retain() throws Exception {
    LocalVolumes volumes = volumes();
    Files.writeString(use(volumes, "a").folder().resolve("table"), "rows");
    release(volumes, "a");
    volumes.sweep(id -> Known.RETAINED);
    volumes.sweep(id -> Known.NOT_THERE);
    bench.pass(Duration.ofDays(1));
    volumes.sweep(id -> Known.NOT_THERE);
    assertThat(use(volumes, "b").folder().resolve("table")).hasContent("rows");
  }

  @Test
  void a_folder_of_before_is_used_on_and_freed() throws Exception {
    Path before = data.resolve("volumes/acme/pvc-1");
    Files.createDirectories(before);
    Files.writeString(before.resolve("table"), "rows");
    LocalVolumes volumes = volumes();
    LocalVolumes.Ready ready = use(volumes, "a");
    assertThat(ready.folder()).isEqualTo(before);
    assertThat(ready.unlimited()).isEqualTo("it is older than disks here");
    release(volumes, "a");
    volumes.sweep(id -> Known.NOT_THERE);
    bench.pass(Duration.ofSeconds(60));
    volumes.sweep(id -> Known.NOT_THERE);
    assertThat(before).doesNotExist();
  }

  @Test
  void what_an_agent_of_before_kept_in_the_pods_folder_stays_there() throws Exception {
    Path link = pod("a").volume("v");
    Files.writeString(Files.createDirectories(link).resolve("table"), "rows");
    LocalVolumes volumes = volumes();
    assertThat(use(volumes, "a").folder()).isEqualTo(link);
    assertThat(volumes.usable(link)).isTrue();
    release(volumes, "a");
    assertThat(link).doesNotExist();
    assertThat(data.resolve("disks")).doesNotExist();
  }

  @Test
  void what_a_dead_agent_left_mounted_is_put_away() throws Exception {
    use(volumes(), "a");
    pod("a").delete();
    volumes().sweep(id -> Known.DELETES);
    assertThat(mounted()).isEmpty();
    Loops.awaitNone(data);
    assertThat(files()).hasSize(2);
  }

  @Test
  void an_agent_that_dies_at_any_step_leaves_nothing_behind() throws Exception {
    int deaths =
        bench.deaths(
            volumes -> {
              use(volumes, "a");
              release(volumes, "a");
              bench.freeWith(volumes);
            },
            next -> {
              LocalVolumes.Ready ready = use(next, "a");
              assertThat(ready.folder()).isEmptyDirectory();
              Files.writeString(ready.folder().resolve("table"), "rows");
              assertThat(mounted()).hasSize(1);
              assertThat(Loops.of(data)).hasSize(1);
              release(next, "a");
              bench.freeWith(next);
              assertThat(mounted()).isEmpty();
              Loops.awaitNone(data);
              assertThat(bench.file("")).doesNotExist();
            });
    assertThat(deaths).isGreaterThan(14);
  }

  /** As it is for a moment in whatever copied the machine's mounts before it was unmounted. */
  @Test
  void a_disk_that_is_attached_elsewhere_is_not_changed_offline() throws Exception {
    use(volumes(), "a");
    release(volumes(), "a");
    Loops.awaitNone(data);
    Path file = bench.file("disk");
    String device =
        Commands.run(List.of("losetup", "-f", "--show", file.toString())).output().strip();
    long wanted = SIZE * 2;
    Path link = pod("a").volume("v");
    try {
      assertThat(volumes().use(ID, wanted, true, link).bytes()).isLessThan(wanted);
      release(volumes(), "a");
    } finally {
      Commands.run(List.of("losetup", "-d", device));
    }
    Loops.awaitNone(data);
    assertThat(volumes().use(ID, wanted, true, link).bytes()).isEqualTo(wanted);
  }

  @Test
  void an_agent_that_dies_while_a_disk_grows_loses_nothing() throws Exception {
    Files.writeString(use(volumes(), "a").folder().resolve("table"), "rows");
    release(volumes(), "a");
    Loops.awaitNone(data);
    long size = SIZE;
    for (int steps = 0; steps < 4; steps++) {
      size += 8 << 20;
      long wanted = size;
      LocalVolumes dying = bench.volumes(new DyingHost(steps));
      Path link = pod("a").volume("v");
      assertThatThrownBy(() -> dying.use(ID, wanted, true, link))
          .isInstanceOf(DyingHost.Died.class);
      LocalVolumes.Ready ready = volumes().use(ID, wanted, true, link);
      assertThat(ready.bytes()).isGreaterThanOrEqualTo(wanted);
      assertThat(ready.folder().resolve("table")).hasContent("rows");
      assertThat(ready.folder().toFile().getTotalSpace()).isGreaterThan(wanted * 3 / 4);
      release(volumes(), "a");
      Loops.awaitNone(data);
    }
  }
}
