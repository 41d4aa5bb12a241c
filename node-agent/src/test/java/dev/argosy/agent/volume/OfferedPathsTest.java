package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfferedPathsTest {

  private static final String CLAIMED = "{'persistentVolumeClaim':{'claimName':'data'}}";

  @TempDir Path data;
  @TempDir Path machine;
  private VolumeBench bench;
  private Path disks;

  @BeforeEach
  void open() throws Exception {
    bench = new VolumeBench(data);
    bench.claim("data", "ssd", "1Gi");
    bench.patchVolume("ssd", "{'metadata':{'annotations':null}}");
    disks = Files.createDirectory(machine.resolve("disks"));
    Files.createDirectories(disks.resolve("ssd1"));
    Files.createDirectories(data.resolve("offered"));
  }

  @AfterEach
  void close() throws Exception {
    bench.close();
  }

  private void offer() throws Exception {
    Files.createSymbolicLink(data.resolve("offered/disks"), disks);
  }

  private void volume(String kind, Path path, String type) {
    bench.patchVolume("ssd", "{'spec':{'local':null,'hostPath':null}}");
    bench.patchVolume(
        "ssd",
        "{'spec':{'KIND':{'path':'PATH'TYPE}}}"
            .replace("KIND", kind)
            .replace("PATH", path.toString())
            .replace("TYPE", type.isEmpty() ? "" : ",'type':'" + type + "'"));
  }

  private void prepare(String uid) throws Exception {
    bench.prepare(uid, "{'securityContext':{'fsGroup':1234}}", CLAIMED);
  }

  @Test
  void what_is_offered_is_mounted_and_kept() throws Exception {
    offer();
    volume("local", disks.resolve("ssd1"), "");
    prepare("a");
    prepare("a");
    Files.writeString(bench.content("a").resolve("table"), "rows");
    assertThat(bench.mount("a", CLAIMED, "{}", "").hostPath())
        .isEqualTo(bench.content("a").toString());
    assertThat(Files.getAttribute(disks.resolve("ssd1"), "unix:gid")).isEqualTo(1234);
    bench.release("a");
    assertThat(bench.mounted()).isEmpty();
    assertThat(disks.resolve("ssd1/table")).hasContent("rows");
  }

  @Test
  void nothing_else_of_the_machine_is() throws Exception {
    Path ssd = disks.resolve("ssd1");
    volume("local", ssd, "");
    assertThatThrownBy(() -> prepare("a"))
        .hasMessageEndingWith(
            "this node does not offer \""
                + ssd
                + "\" to PersistentVolumes: whoever runs it can, by a link in "
                + data.resolve("offered"));
    offer();
    Files.createSymbolicLink(ssd.resolve("out"), machine);
    for (Path path :
        new Path[] {Path.of("/etc"), machine, ssd.resolve("out"), ssd.resolve("../../x")}) {
      volume("hostPath", path, "DirectoryOrCreate");
      assertThatThrownBy(() -> prepare("a")).as(path.toString()).hasMessageContaining("not offer");
    }
    assertThat(bench.mounted()).isEmpty();
    assertThat(machine.resolve("x")).doesNotExist();
  }

  @Test
  void types_are_checked() throws Exception {
    offer();
    volume("local", disks.resolve("none"), "");
    assertThatThrownBy(() -> prepare("a"))
        .hasMessageEndingWith(
            "hostPath type check failed: " + disks.resolve("none") + " is not a directory");
    volume("hostPath", disks.resolve("made/here"), "DirectoryOrCreate");
    prepare("a");
    assertThat(disks.resolve("made/here")).isDirectory();
    assertThat(Files.getAttribute(disks.resolve("made/here"), "unix:gid")).isEqualTo(0);
  }
}
