package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.runtime.spi.ContainerSpec.Mount;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageVolumesTest {

  private static final String IMAGE = "{'image':{'reference':'models:1'}}";

  @TempDir Path data;
  private VolumeBench bench;

  @BeforeEach
  void open() {
    bench = new VolumeBench(data);
    bench.runtime.images().publish("models:1");
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  @Test
  void an_image_is_unpacked_once_and_goes_when_no_pod_mounts_it() throws Exception {
    bench.prepareImages("a", IMAGE, "{}");
    bench.prepareImages("b", IMAGE, "{}");
    Mount mount = bench.mount("a", IMAGE, "{}", "");
    assertThat(mount.readOnly()).isTrue();
    assertThat(Path.of(mount.hostPath()).resolve("name")).hasContent("models:1");
    assertThat(bench.content("b")).isEqualTo(bench.content("a"));
    Files.createDirectories(data.resolve("images/half.new"));
    bench.release("a");
    bench.volumes.sweep();
    assertThat(bench.content("b").resolve("name")).exists();
    bench.release("b");
    bench.volumes.sweep();
    assertThat(data.resolve("images")).isEmptyDirectory();
    assertThat(bench.mounted()).isEmpty();
  }

  @Test
  void a_pod_keeps_what_it_got_and_fetches_nothing_that_no_container_mounts() throws Exception {
    bench.prepare("a", "{}", IMAGE);
    bench.prepareImages("a", IMAGE);
    assertThat(bench.runtime.images().pulls()).isZero();
    bench.prepareImages("a", IMAGE, "{}");
    bench.prepareImages("a", IMAGE, "{}", "{'subPath':'name'}");
    assertThat(bench.runtime.images().pulls()).isOne();
  }

  @Test
  void a_part_of_an_image_is_one_that_is_in_it() throws Exception {
    bench.prepareImages("a", IMAGE, "{'subPath':'name'}");
    assertThat(Path.of(bench.mount("a", IMAGE, "{}", "name").hostPath())).hasContent("models:1");
    String missing = "the image has no \"none\"";
    assertThatThrownBy(() -> bench.prepareImages("a", IMAGE, "{'subPath':'none'}"))
        .hasMessage("failed to mount image volume \"v\": " + missing);
    assertThatThrownBy(() -> bench.mount("a", IMAGE, "{}", "none")).hasMessage(missing);
    Files.createSymbolicLink(bench.content("a").resolve("out"), Path.of("/etc"));
    assertThatThrownBy(() -> bench.mount("a", IMAGE, "{}", "out/passwd"))
        .hasMessageContaining("leads out of its volume");
  }

  @Test
  void what_cannot_be_kept_says_why_and_an_engine_that_is_away_is_waited_for() throws Exception {
    Files.delete(data.resolve("images"));
    Files.createFile(data.resolve("images"));
    assertThatThrownBy(() -> bench.prepareImages("a", IMAGE, "{}"))
        .hasMessageStartingWith("failed to mount image volume \"v\": ");
    bench.runtime.setUp(false);
    assertThatThrownBy(() -> bench.prepareImages("a", IMAGE, "{}"))
        .isInstanceOfSatisfying(
            RuntimeFailure.class,
            e -> assertThat(e.kind()).isEqualTo(RuntimeFailure.Kind.UNAVAILABLE));
  }
}
