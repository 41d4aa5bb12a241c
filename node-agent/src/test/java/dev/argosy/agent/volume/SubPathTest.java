package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.pod.config.FileModes;
import dev.argosy.agent.volume.mount.Mounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubPathTest {

  @TempDir Path folder;
  private final Mounter mounter = new Mounter();
  private final SubPath part = new SubPath(mounter);
  private Path volume;
  private Path outside;

  @BeforeEach
  void fill() throws IOException {
    volume = Files.createDirectory(folder.resolve("volume"));
    FileModes.permit(volume, 02770);
    outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("secret"), "x");
  }

  @AfterEach
  void unmount() throws IOException {
    mounter.unmountBelow(folder);
  }

  private Path mount(String subPath) throws Exception {
    return part.mount(volume, subPath, folder.resolve("parts/one"));
  }

  @Test
  void is_made_with_the_permissions_of_its_volume() throws Exception {
    Path mounted = mount("a/b");
    Files.writeString(mounted.resolve("file"), "x");
    assertThat(volume.resolve("a/b/file")).hasContent("x");
    assertThat(FileModes.of(volume.resolve("a"))).isEqualTo(02770);
    assertThat(FileModes.of(volume.resolve("a/b"))).isEqualTo(02770);
  }

  @Test
  void may_be_a_file_and_may_be_mounted_again() throws Exception {
    Files.writeString(volume.resolve("file"), "1");
    assertThat(mount("file")).hasContent("1");
    Files.createDirectory(volume.resolve("sub"));
    assertThat(mount("sub")).isDirectory();
    assertThat(mount("file")).hasContent("1");
    mounter.unmount(folder.resolve("parts/one"));
    assertThat(folder.resolve("parts/one")).hasContent("");
  }

  @Test
  void may_be_a_link_within_the_volume() throws Exception {
    Files.writeString(Files.createDirectory(volume.resolve("v1")).resolve("file"), "x");
    Files.createSymbolicLink(volume.resolve("now"), Path.of("v1"));
    assertThat(mount("now").resolve("file")).hasContent("x");
  }

  @Test
  void does_not_lead_out_of_its_volume() throws Exception {
    Files.createSymbolicLink(volume.resolve("link"), outside);
    Files.createSymbolicLink(volume.resolve("up"), Path.of("../outside"));
    for (String path : new String[] {"link", "up", "../outside", "/etc", "link/new"}) {
      assertThatThrownBy(() -> mount(path))
          .as(path)
          .hasMessage("subPath \"" + path + "\" leads out of its volume");
    }
    Path other = folder.resolve("other");
    for (String path : new String[] {"link", "up", "../outside", "/etc"}) {
      assertThatThrownBy(() -> SubPath.ofFixed(volume, path, other))
          .as(path)
          .hasMessage("subPath \"" + path + "\" leads out of its volume");
    }
    assertThat(other).doesNotExist();
    assertThat(outside.resolve("new")).doesNotExist();
  }

  @Test
  void a_link_that_leads_nowhere_is_told() throws Exception {
    Files.createSymbolicLink(volume.resolve("gone"), outside.resolve("none"));
    for (String path : new String[] {"gone", "gone/new"}) {
      assertThatThrownBy(() -> mount(path))
          .as(path)
          .hasMessage("subPath \"" + path + "\" goes over a link that leads nowhere");
    }
    assertThat(outside.resolve("none")).doesNotExist();
  }

  /** As a container can do it between the look and the mount. */
  @Test
  void a_folder_that_is_exchanged_for_a_link_meanwhile_is_not_mounted() throws Exception {
    Files.createDirectory(volume.resolve("sub"));
    SubPath raced =
        new SubPath(
            new Mounter() {
              @Override
              public void again(Path source, Path target) throws IOException {
                Files.delete(volume.resolve("sub"));
                Files.createSymbolicLink(volume.resolve("sub"), outside);
                super.again(source, target);
              }
            });
    Path target = folder.resolve("parts/one");
    assertThatThrownBy(() -> raced.mount(volume, "sub", target))
        .hasMessage("subPath \"sub\" leads out of its volume");
    assertThat(target).isEmptyDirectory();
  }

  @Test
  void a_part_that_is_not_there_is_an_empty_folder() throws Exception {
    Path other = folder.resolve("other/place");
    assertThat(SubPath.ofFixed(volume, "none", other)).isEqualTo(other).isEmptyDirectory();
    assertThat(volume.resolve("none")).doesNotExist();
  }

  @Test
  void may_lie_in_what_is_mounted_in_the_volume() throws Exception {
    Path inner = Files.createDirectory(volume.resolve("inner"));
    mounter.memory(inner, 1 << 20, "0755");
    Files.writeString(Files.createDirectory(inner.resolve("sub")).resolve("file"), "x");
    assertThat(mount("inner/sub").resolve("file")).hasContent("x");
  }
}
