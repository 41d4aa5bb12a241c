package dev.argosy.agent.garbage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.SetClock;
import dev.argosy.agent.pod.view.PodView;
import dev.argosy.agent.pressure.Level;
import dev.argosy.agent.runtime.fake.FakeRuntime;
import dev.argosy.agent.runtime.spi.ImageStore.Image;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images come and go on an engine. Each of the fake's images has 1000 bytes. */
final class ImageCollectorTest {

  @TempDir Path data;
  private final SetClock clock = new SetClock();
  private final FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
  private final List<String> told = new ArrayList<>();
  private long used;

  private ImageCollector collector() {
    return new ImageCollector(runtime, GarbageSettings.DEFAULT, data.resolve("images.json"), clock);
  }

  private static PodView pod(String image) {
    String json =
        """
        {"metadata":{"name":"p","namespace":"default","uid":"u"},
         "spec":{"containers":[{"name":"main","image":"%s"}]}}
        """
            .formatted(image);
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "default", "p");
    return PodView.of(ApiObject.ofWire(key, 1, json.getBytes(StandardCharsets.UTF_8)));
  }

  private void collect(ImageCollector collector, PodView... active) throws RuntimeFailure {
    collector.collect(
        List.of(active), () -> Optional.of(new Level(10_000 - used, 10_000)), told::add);
  }

  private List<String> names() throws RuntimeFailure {
    return runtime.images().list().stream()
        .map(Image::names)
        .flatMap(List::stream)
        .sorted()
        .toList();
  }

  @Test
  void aFullDiskLosesTheLongestUnusedUntilItIsFineAgain() throws Exception {
    List.of("old:1", "new:1", "wanted:1", "theirs:1").forEach(runtime.images()::add);
    ImageCollector collector = collector();
    collector.named(pod("old:1"));
    clock.advance(Duration.ofMinutes(1));
    collector.named(pod("new:1"));
    used = 8400;
    collect(collector, pod("wanted:1"));
    clock.advance(Duration.ofMinutes(5));
    assertThat(names()).hasSize(4);
    used = 8500;
    collect(collector, pod("wanted:1"));
    assertThat(names()).containsExactly("new:1", "theirs:1", "wanted:1");
    assertThat(told).isEmpty();
    used = 9800;
    collect(collector, pod("wanted:1"));
    assertThat(names()).containsExactly("theirs:1", "wanted:1");
    assertThat(told)
        .containsExactly(
            "Failed to garbage collect required amount of images. Attempted to free 1800 bytes,"
                + " but only found 1000 bytes eligible to free.");
  }

  @Test
  void anImageThatHasJustComeIsLeftAlone() throws Exception {
    runtime.images().add("old:1");
    ImageCollector collector = collector();
    collector.named(pod("old:1"));
    collector.removeUnused(List.of());
    assertThat(names()).containsExactly("old:1");
    clock.advance(Duration.ofMinutes(2));
    collector.removeUnused(List.of());
    assertThat(names()).isEmpty();
  }

  @Test
  void itIsKnownAcrossARestartWhoseImagesTheyAre() throws Exception {
    runtime.images().add("mine:1");
    runtime.images().add("theirs:1");
    ImageCollector before = collector();
    before.named(pod("mine:1"));
    collect(before);
    ImageCollector after = collector();
    after.removeUnused(List.of());
    clock.advance(Duration.ofMinutes(2));
    after.removeUnused(List.of());
    assertThat(names()).containsExactly("theirs:1");
  }

  @Test
  void whatIsNeitherThereNorWantedIsForgotten() throws Exception {
    runtime.images().add("there:1");
    ImageCollector collector = collector();
    collector.named(pod("there:1"));
    collector.named(pod("gone:1"));
    collect(collector, pod("fetched:1"));
    assertThat(Files.readString(data.resolve("images.json")))
        .contains("docker.io/library/there:1", "docker.io/library/fetched:1")
        .doesNotContain("gone");
  }

  @Test
  void aBookThatCannotBeReadCostsNoImage() throws Exception {
    Files.writeString(data.resolve("images.json"), "{\"mine:1\": \"yester");
    runtime.images().add("mine:1");
    ImageCollector collector = collector();
    collector.removeUnused(List.of());
    clock.advance(Duration.ofMinutes(2));
    collector.removeUnused(List.of());
    assertThat(names()).containsExactly("mine:1");
  }

  @ParameterizedTest
  @CsvSource({
    "busybox,docker.io/library/busybox:latest",
    "busybox:1,docker.io/library/busybox:1",
    "acme/web,docker.io/acme/web:latest",
    "docker.io/busybox,docker.io/library/busybox:latest",
    "docker.io/acme/web:2,docker.io/acme/web:2",
    "localhost:5000/web,localhost:5000/web:latest",
    "ghcr.io/a/b/c@sha256:12,ghcr.io/a/b/c@sha256:12"
  })
  void referencesThatMeanTheSameAreWrittenTheSame(String reference, String full) {
    assertThat(ImageName.full(reference)).isEqualTo(full);
  }
}
