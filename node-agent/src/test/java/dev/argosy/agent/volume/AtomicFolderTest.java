package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.pod.config.FileModes;
import dev.argosy.agent.volume.AtomicFolder.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFolderTest {

  @TempDir Path folder;

  private static Entry entry(String text, int mode) {
    return new Entry(text.getBytes(StandardCharsets.UTF_8), mode);
  }

  private boolean write(Map<String, Entry> files, int gid) throws IOException {
    return AtomicFolder.write(folder, files, gid);
  }

  private List<String> hidden() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString()).filter(n -> n.startsWith("..")).toList();
    }
  }

  @Test
  void changes_all_at_once_and_only_if_something_is_new() throws Exception {
    assertThat(write(Map.of("a", entry("1", 0644), "sub/b", entry("2", 0400)), -1)).isTrue();
    Path before = folder.resolve("..data").toRealPath();
    assertThat(write(Map.of("a", entry("1", 0644), "sub/b", entry("2", 0400)), -1)).isFalse();
    assertThat(folder.resolve("..data").toRealPath()).isEqualTo(before);
    assertThat(write(Map.of("a", entry("3", 0644)), -1)).isTrue();
    assertThat(folder.resolve("a")).hasContent("3");
    assertThat(folder.resolve("sub")).doesNotExist();
    assertThat(before).doesNotExist();
    assertThat(hidden()).hasSize(2);
  }

  @Test
  void what_cannot_be_written_leaves_what_was_there_and_nothing_else() throws Exception {
    write(Map.of("a", entry("1", 0644)), -1);
    Map<String, Entry> impossible = Map.of("a", entry("2", 0644), "a/b", entry("3", 0644));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> write(impossible, -1)).isInstanceOf(IOException.class);
      assertThat(folder.resolve("a")).hasContent("1");
      assertThat(hidden()).hasSize(2);
    }
  }

  @Test
  void names_that_a_writer_did_not_come_to_are_there_after_the_next() throws Exception {
    write(Map.of("a", entry("1", 0644), "b", entry("2", 0644)), -1);
    Files.delete(folder.resolve("b"));
    assertThat(write(Map.of("a", entry("1", 0644), "b", entry("2", 0644)), -1)).isFalse();
    assertThat(folder.resolve("b")).hasContent("2");
  }

  @Test
  void other_permissions_are_a_change() throws Exception {
    write(Map.of("a", entry("1", 0644)), -1);
    assertThat(write(Map.of("a", entry("1", 0400)), -1)).isTrue();
    assertThat(FileModes.of(folder.resolve("a").toRealPath())).isEqualTo(0400);
  }

  @Test
  void the_pods_group_may_read_and_the_owner_is_as_asked() throws Exception {
    write(Map.of("sub/a", new Entry(new byte[0], 0600, 42)), 1234);
    Path file = folder.resolve("sub/a").toRealPath();
    assertThat(FileModes.of(file)).isEqualTo(0640);
    assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(1234);
    assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(42);
    assertThat(FileModes.of(file.resolveSibling(".").normalize())).isEqualTo(02755);
    assertThat(write(Map.of("sub/a", new Entry(new byte[0], 0600, 42)), 1234)).isFalse();
  }

  @Test
  void what_a_dead_writer_left_behind_goes() throws Exception {
    write(Map.of("a", entry("1", 0644)), -1);
    Files.writeString(Files.createDirectory(folder.resolve("..123")).resolve("a"), "half");
    Files.createSymbolicLink(folder.resolve("..data_new"), Path.of("..123"));
    write(Map.of("a", entry("2", 0644)), -1);
    assertThat(folder.resolve("a")).hasContent("2");
    assertThat(hidden()).hasSize(2);
  }
}
