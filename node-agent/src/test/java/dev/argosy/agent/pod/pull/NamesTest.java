package dev.argosy.agent.pod.pull;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Names of images, and for which of them credentials are meant. */
final class NamesTest {

  private static final String DIGEST = "@sha256:" + "a".repeat(64);

  @ParameterizedTest
  @CsvSource({
    "busybox,docker.io/library/busybox",
    "busybox:1.36,docker.io/library/busybox",
    "no/such:1,docker.io/no/such",
    "docker.io/busybox,docker.io/library/busybox",
    "index.docker.io/a/b,docker.io/a/b",
    "localhost/a,localhost/a",
    "localhost:5000/a/b:tag,localhost:5000/a/b",
    "reg.example.com/a__b/c-d.e,reg.example.com/a__b/c-d.e",
    "REG.example.com/a,REG.example.com/a",
    "[::1]:5000/a,[::1]:5000/a",
  })
  void namesAreUnderstood(String reference, String name) {
    assertThat(ImageName.of(reference).map(ImageName::toString)).contains(name);
    assertThat(ImageName.of(reference.replaceFirst(":[^:/]+$", "") + DIGEST)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Foo",
        "a b",
        "-a",
        "a/-b",
        "a:",
        "a@sha256:12",
        "a//b",
        "/a",
        "a/",
        "a:b:c",
        "https://a.b/c",
        "Foo/bar",
        "a\nb"
      })
  void whatIsNoNameIsNone(String reference) {
    assertThat(ImageName.of(reference)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "reg.example.com,reg.example.com/a,true",
    "https://reg.example.com/v2/,reg.example.com/a,true",
    "https://reg.example.com/v1/a,reg.example.com/a,true",
    "reg.example.com,evil-reg.example.com/a,false",
    "reg.example.com,reg.example.com.evil.org/a,false",
    "reg.example.com:5000,reg.example.com/a,false",
    "reg.example.com:5000,reg.example.com:5000/a,true",
    "reg.example.com/team,reg.example.com/team/a,true",
    "reg.example.com/team,reg.example.com/other/a,false",
    "*.example.com,reg.example.com/a,true",
    "*.example.com,a.b.example.com/a,false",
    "*.*.example.com,a.b.example.com/a,true",
    "r?g.example.com,reg.example.com/a,true",
    "https://index.docker.io/v1/,busybox,true",
    "docker.io,a/b,true",
    "https://index.docker.io/v1/,reg.example.com/a,false",
    "registry,registry.example.com/a,false",
  })
  void credentialsAreForWhatTheyName(String pattern, String image, boolean fits) {
    assertThat(RegistryPattern.of(pattern).orElseThrow().matches(ImageName.of(image).orElseThrow()))
        .isEqualTo(fits);
  }

  @Test
  void theMostFittingCredentialsGoFirstInEitherForm() {
    ObjectNode auths = Json.object();
    auths.putObject("reg.example.com").put("username", "all").put("password", "1");
    String both = Base64.getEncoder().encodeToString("team:a:b".getBytes(StandardCharsets.UTF_8));
    auths.putObject("reg.example.com/team").put("auth", both);
    auths.putObject("reg.example.com/te").put("auth", "%%%");
    auths.putObject("other.example.com").put("username", "other").put("password", "2");
    auths.putObject("*.example.com");
    var found = Keyring.of(auths).find(ImageName.of("reg.example.com/team/x").orElseThrow());
    assertThat(found).extracting(c -> c.user()).containsExactly("team", "all");
    assertThat(found.getFirst().password()).isEqualTo("a:b");
    assertThat(found.getFirst().toString()).doesNotContain("a:b");
  }
}
