package dev.argosy.agent.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.use.KernelFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both versions of control groups tell the same. */
final class GroupReaderTest {

  private static final GroupReading EXPECTED =
      new GroupReading(
          new GroupReading.Cpu(5_000_000_000L, 3_000_000_000L, 2_000_000_000L, 10, 4, 7_000_000),
          new GroupReading.Memory(1000, 700, 400, 500, 60, 9, 33, 2, 5),
          new GroupReading.Io(111, 222),
          12);

  @TempDir private Path folder;
  private KernelFiles kernel;

  @BeforeEach
  void prepare() {
    kernel = new KernelFiles(folder.resolve("proc"), folder.resolve("cgroup"));
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void ofVersionOne() throws IOException {
    write(
        "proc/7/cgroup",
        "5:cpu,cpuacct:/a/b\n4:memory:/a/b\n3:pids:/a/b\n2:blkio:/a/b\n1:name=systemd:/\n0::/\n");
    write("cgroup/cpuacct/a/b/cpuacct.usage", "5000000000\n");
    write("cgroup/cpuacct/a/b/cpuacct.stat", "user 300\nsystem 200\n");
    write("cgroup/cpu/a/b/cpu.stat", "nr_periods 10\nnr_throttled 4\nthrottled_time 7000000\n");
    write("cgroup/memory/a/b/memory.usage_in_bytes", "1000\n");
    write("cgroup/memory/a/b/memory.failcnt", "5\n");
    write(
        "cgroup/memory/a/b/memory.stat",
        "rss 1\ntotal_rss 400\ntotal_cache 500\ntotal_mapped_file 60\ntotal_swap 9\n"
            + "total_pgfault 33\ntotal_pgmajfault 2\ntotal_inactive_file 300\n");
    write("cgroup/pids/a/b/pids.current", "12\n");
    write(
        "cgroup/blkio/a/b/blkio.throttle.io_service_bytes",
        "8:0 Read 100\n8:0 Write 200\n8:16 Read 11\n8:16 Write 22\n8:0 Total 300\nTotal 333\n");
    assertThat(new GroupReader(kernel).read(7)).contains(EXPECTED);
  }

  @Test
  void ofVersionTwo() throws IOException {
    write("proc/7/cgroup", "0::/a/b\n");
    write(
        "cgroup/a/b/cpu.stat",
        "usage_usec 5000000\nuser_usec 3000000\nsystem_usec 2000000\n"
            + "nr_periods 10\nnr_throttled 4\nthrottled_usec 7000\n");
    write("cgroup/a/b/memory.current", "1000\n");
    write("cgroup/a/b/memory.swap.current", "9\n");
    write("cgroup/a/b/memory.events", "low 0\nmax 5\noom 0\n");
    write(
        "cgroup/a/b/memory.stat",
        "anon 400\nfile 500\nfile_mapped 60\npgfault 33\npgmajfault 2\ninactive_file 300\n");
    write("cgroup/a/b/pids.current", "12\n");
    write(
        "cgroup/a/b/io.stat",
        "8:0 rbytes=100 wbytes=200 rios=1 wios=2\n8:16 rbytes=11 wbytes=22 rios=1 wios=2\n");
    assertThat(new GroupReader(kernel).read(7)).contains(EXPECTED);
  }

  @Test
  void whatIsGoneTellsNothingAndWhatIsMissingIsZero() throws IOException {
    assertThat(new GroupReader(kernel).read(8)).isEmpty();
    write("proc/7/cgroup", "0::/a/b\n");
    write("cgroup/a/b/memory.current", "max\n");
    assertThat(new GroupReader(kernel).read(7).orElseThrow().memory().usage()).isZero();
  }
}
