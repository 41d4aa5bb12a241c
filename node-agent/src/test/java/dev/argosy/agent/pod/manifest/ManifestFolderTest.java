package dev.argosy.agent.pod.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.pod.view.PodView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManifestFolderTest {

  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, labels: {a: b}, annotations: {c: d}}
      spec:
        containers:
          - {name: main, image: "i:1", args: ["1"]}
      """;

  @TempDir Path path;

  private ManifestFolder.Scan scan() {
    return new ManifestFolder(path, "n1").scan();
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(path.resolve(file), text);
  }

  @Test
  void aFileIsAPodOfItsNodeInTheRootCluster() throws Exception {
    write("web.yaml", POD);
    write(".hidden", "no");
    Files.createDirectory(path.resolve("folder"));
    assertThat(scan().troubles()).isEmpty();
    PodView pod = scan().pods().getFirst();
    assertThat(pod.key().toString()).contains("root", "default", "web-n1");
    assertThat(pod.fromFile()).isTrue();
    assertThat(pod.mirror()).isFalse();
    assertThat(pod.uid()).hasSize(32).isEqualTo(pod.annotation(PodView.CONFIG_HASH));
    assertThat(pod.annotation("c")).isEqualTo("d");
    assertThat(pod.spec().path("nodeName").asString()).isEqualTo("n1");
    assertThat(pod.spec().path("tolerations").size()).isEqualTo(1);
    assertThat(pod.containers().getFirst().image()).isEqualTo("i:1");
  }

  @Test
  void itsUidFollowsFromWhatItSays() throws Exception {
    write("web", POD);
    String uid = scan().pods().getFirst().uid();
    assertThat(scan().pods().getFirst().uid()).isEqualTo(uid);
    write("web", POD.replace("i:1", "i:2"));
    assertThat(scan().pods().getFirst().uid()).isNotEqualTo(uid);
    write("web", POD);
    assertThat(new ManifestFolder(path, "n2").scan().pods().getFirst().uid()).isNotEqualTo(uid);
  }

  @Test
  void aFolderThatIsNotThereIsEmpty() {
    assertThat(new ManifestFolder(path.resolve("absent"), "n1").scan().pods()).isEmpty();
  }

  @Test
  void ofTwoFilesWithOnePodTheFirstCounts() throws Exception {
    write("a.yaml", POD);
    write("b.yaml", POD.replace("i:1", "i:2"));
    assertThat(scan().pods()).hasSize(1);
    assertThat(scan().troubles().get(path.resolve("b.yaml"))).contains("another file");
  }

  @ParameterizedTest
  @CsvSource({
    "kind: Pod,kind: Job,no Pod of v1",
    "name: web,name: Web,no name of a pod",
    "name: web,namespace: shop,no name of a pod",
    "name: main,name: Main,name of its own",
    "image: \"i:1\",tty: true,has no image",
    "apiVersion: v1,'apiVersion: [',neither YAML nor JSON",
    "containers:,others:,no containers",
    "spec:,'spec: {tolerations: 7}\nother:',no containers",
    "containers:,'tolerations: x\n  containers:',a form that it cannot have",
  })
  void whatIsWrongWithAFileIsSaidAndOthersRun(String part, String instead, String why)
      throws Exception {
    write("bad.yaml", POD.replace(part, instead));
    write("good.yaml", POD.replace("web", "good"));
    assertThat(scan().pods()).extracting(p -> p.key().name()).containsExactly("good-n1");
    assertThat(scan().troubles().get(path.resolve("bad.yaml"))).contains(why);
  }
}
