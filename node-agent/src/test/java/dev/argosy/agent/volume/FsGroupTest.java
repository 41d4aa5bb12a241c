package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.config.FileModes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FsGroupTest {

  @TempDir Path folder;
  private Path root;
  private Path file;
  private Path outside;

  @BeforeEach
  void fill() throws IOException {
    root = Files.createDirectory(folder.resolve("volume"));
    file = Files.writeString(Files.createDirectory(root.resolve("sub")).resolve("file"), "x");
    outside = Files.writeString(folder.resolve("outside"), "x");
    Files.createSymbolicLink(root.resolve("link"), outside);
    FileModes.permit(root, 0755);
    FileModes.permit(file, 0600);
    FileModes.permit(outside, 0600);
  }

  private static FsGroup group(String spec) {
    return FsGroup.of(VolumeBench.json(spec));
  }

  private static int gid(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void all_files_belong_to_the_group_and_new_ones_will() throws Exception {
    group("{'securityContext':{'fsGroup':1234}}").give(root);
    assertThat(gid(root)).isEqualTo(1234);
    assertThat(FileModes.of(root)).isEqualTo(02775);
    assertThat(gid(file)).isEqualTo(1234);
    assertThat(FileModes.of(file)).isEqualTo(0660);
    assertThat(gid(root.resolve("link"))).isEqualTo(1234);
    assertThat(gid(outside)).isZero();
    assertThat(FileModes.of(outside)).isEqualTo(0600);
  }

  @Test
  void a_root_that_is_right_is_left_alone_if_the_policy_says_so() throws Exception {
    FsGroup group =
        group("{'securityContext':{'fsGroup':1234,'fsGroupChangePolicy':'OnRootMismatch'}}");
    group.give(root);
    assertThat(gid(file)).isEqualTo(1234);
    Files.setAttribute(file, "unix:gid", 77);
    group.give(root);
    assertThat(gid(file)).isEqualTo(77);
    FileModes.permit(root, 0755);
    group.give(root);
    assertThat(gid(file)).isEqualTo(1234);
  }

  @Test
  void without_a_group_nothing_changes() throws Exception {
    group("{}").give(root);
    assertThat(gid(file)).isZero();
    assertThat(FileModes.of(file)).isEqualTo(0600);
  }
}
