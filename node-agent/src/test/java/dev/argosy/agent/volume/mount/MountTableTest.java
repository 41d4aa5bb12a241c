package dev.argosy.agent.volume.mount;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {

  private final MountTable table =
      MountTable.parse(
          List.of(
              "22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
              "30 22 7:0 / /data/a\\040b rw - ext4 /dev/loop0 rw",
              "31 30 0:40 /sub /data/a\\040b/c rw master:3 propagate_from:2 - tmpfs tmpfs rw",
              "32 30 0:41 / /data\\000x rw - tmpfs tmpfs rw",
              "not a mount"));

  @Test
  void reads_what_the_kernel_tells() {
    assertThat(table.entries()).hasSize(3);
    assertThat(table.at(Path.of("/data/a b")))
        .contains(new MountTable.Entry("7:0", Path.of("/"), Path.of("/data/a b"), "ext4"));
    assertThat(table.at(Path.of("/data"))).isEmpty();
  }

  @Test
  void names_what_is_to_be_unmounted_first() {
    assertThat(table.below(Path.of("/data")))
        .extracting(entry -> entry.target().toString())
        .containsExactly("/data/a b/c", "/data/a b");
  }

  @Test
  void finds_the_mount_around_a_path() {
    assertThat(table.around(Path.of("/data/a b/c/d")).orElseThrow().type()).isEqualTo("tmpfs");
    assertThat(table.around(Path.of("/data/x")).orElseThrow().target()).isEqualTo(Path.of("/"));
  }
}
