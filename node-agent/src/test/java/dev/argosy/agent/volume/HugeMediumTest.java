package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.volume.mount.MountTable;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Volumes of huge pages: their file system is real, pages of it no machine needs to have. */
@Timeout(60)
final class HugeMediumTest {

  private static final String ANY = "{'emptyDir':{'medium':'HugePages'}}";
  private static final String SMALL = "{'emptyDir':{'medium':'HugePages-2Mi','sizeLimit':'4Mi'}}";
  private static final String ONE = "{'containers':[{'name':'c','resources':{'limits':{%s}}}]}";

  @TempDir Path data;
  private VolumeBench bench;

  @BeforeEach
  void open() {
    bench = new VolumeBench(data);
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  private static String limits(String limits) {
    return ONE.formatted(limits);
  }

  private void isRefused(String spec, String volume, String why) throws Exception {
    assertThatThrownBy(() -> bench.prepare("uid", spec, volume)).hasMessageContaining(why);
    assertThat(bench.mounted()).isEmpty();
  }

  @Test
  void isMountedForTheLifeOfThePod() throws Exception {
    bench.prepare("uid", limits("'hugepages-2Mi':'4Mi'"), ANY);
    assertThat(MountTable.read().at(bench.content("uid")))
        .hasValueSatisfying(at -> assertThat(at.type()).isEqualTo("hugetlbfs"));
    bench.prepare("uid", limits("'hugepages-2Mi':'4Mi'"), ANY);
    assertThat(bench.mounted()).as("once").hasSize(1);
    bench.release("uid");
    assertThat(bench.mounted()).isEmpty();
  }

  @Test
  void hasNoMoreThanItsLimit() throws Exception {
    bench.prepare("uid", limits("'hugepages-2Mi':'8Mi','hugepages-1Gi':'1Gi'"), SMALL);
    assertThat(bench.content("uid").toFile().getTotalSpace()).isEqualTo(4 << 20);
    bench.release("uid");
  }

  @Test
  void saysWhatThePodWouldHaveToAskFor() throws Exception {
    isRefused("{}", ANY, "no container of the pod asks for huge pages");
    isRefused(
        limits("'hugepages-2Mi':'4Mi','hugepages-1Gi':'1Gi'"),
        ANY,
        "the pod asks for hugepages-1Gi and hugepages-2Mi: say which, such as HugePages-1Gi");
    isRefused(
        limits("'hugepages-1Gi':'1Gi'"),
        SMALL,
        "medium HugePages-2Mi: no container of the pod asks for hugepages-2Mi");
  }
}
