package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WantedTest {

  private static Wanted of(String volume) {
    return Wanted.of("web", VolumeBench.json(volume).put("name", "v"));
  }

  @Test
  void every_kind_is_told_apart() {
    assertThat(of("{'emptyDir':{}}")).isEqualTo(new Wanted.Empty("", 0));
    assertThat(of("{'emptyDir':{'medium':'Memory','sizeLimit':'1Mi'}}"))
        .isEqualTo(new Wanted.Empty("Memory", 1 << 20));
    assertThat(of("{'emptyDir':{'medium':'HugePages-2Mi'}}"))
        .isEqualTo(new Wanted.Empty("HugePages-2Mi", 0));
    assertThat(of("{'hostPath':{'path':'/x','type':'File'}}"))
        .isEqualTo(new Wanted.OfMachine(Path.of("/x"), "File"));
    assertThat(of("{'persistentVolumeClaim':{'claimName':'c'}}"))
        .isEqualTo(new Wanted.Claim("c", false));
    assertThat(of("{'ephemeral':{}}")).isEqualTo(new Wanted.Claim("web-v", true));
    assertThat(of("{'nfs':{'server':'s','path':'/p','readOnly':true}}"))
        .isEqualTo(new Wanted.Nfs("s:/p", List.of("nosuid", "nodev", "ro")));
    assertThat(of("{'image':{'reference':'r','pullPolicy':'Never'}}"))
        .isEqualTo(new Wanted.OfImage("r", "Never"));
    for (String mirror : List.of("configMap", "downwardAPI", "projected")) {
      assertThat(of("{'" + mirror + "':{}}")).isEqualTo(new Wanted.Mirror(false));
    }
    assertThat(of("{'secret':{}}")).isEqualTo(new Wanted.Mirror(true));
    for (String source : List.of("secret", "serviceAccountToken")) {
      assertThat(of("{'projected':{'sources':[{'configMap':{}},{'" + source + "':{}}]}}"))
          .isEqualTo(new Wanted.Mirror(true));
    }
  }

  @Test
  void what_cannot_be_mounted_is_refused() {
    assertThat(of("{'rbd':{}}"))
        .isEqualTo(new Wanted.Refused("this node has no volumes of that kind"));
    assertThat(of("{'image':{}}")).isEqualTo(new Wanted.Refused("the volume names no image"));
  }
}
