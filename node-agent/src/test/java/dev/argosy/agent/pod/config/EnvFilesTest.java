package dev.argosy.agent.pod.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.pod.view.PodView;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.object.ObjectKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class EnvFilesTest {

  private static final String POD =
      """
      {"metadata":{"name":"p","namespace":"default","uid":"u"},
       "spec":{"volumes":[{"name":"work","emptyDir":{}},{"name":"host","hostPath":{"path":"/"}}],
               "containers":[{"name":"main","image":"i:1"}]}}
      """;

  @TempDir Path data;
  private Path volume;
  private EnvFiles files;

  @BeforeEach
  void pod() throws IOException {
    ObjectKey key = new ObjectKey(new GroupResource("", "pods"), "acme", "default", "p");
    PodFolder folder = PodFolder.of(data, "u");
    byte[] json = POD.getBytes(StandardCharsets.UTF_8);
    files = new EnvFiles(PodView.of(ApiObject.ofWire(key, 1, json)), folder);
    volume = folder.volume("work");
    Files.createDirectories(volume.resolve("sub"));
  }

  private Optional<String> value(String volume, String path, boolean optional)
      throws ConfigFailure {
    String json = "{'volumeName':'%s','path':'%s','key':'K','optional':%s}";
    JsonNode reference =
        Json.mapper().readTree(json.formatted(volume, path, optional).replace('\'', '"'));
    return files.value(reference);
  }

  private void refused(String volume, String path, String why) {
    for (boolean optional : new boolean[] {false, true}) {
      assertThatThrownBy(() -> value(volume, path, optional))
          .isInstanceOf(ConfigFailure.class)
          .hasMessageContaining(why);
    }
  }

  @Test
  void aKeyIsReadFromAFileOfTheVolume() throws Exception {
    Files.writeString(volume.resolve("sub/a.env"), "K='ü'\n");
    assertThat(value("work", "sub/a.env", false)).contains("ü");
  }

  @Test
  void whatIsNotThereNeedNotBeIfItIsOptional() throws Exception {
    Files.writeString(volume.resolve("a.env"), "L='x'\n");
    for (String path : new String[] {"a.env", "no.env", "no/such.env"}) {
      assertThat(value("work", path, true)).isEmpty();
      assertThatThrownBy(() -> value("work", path, false))
          .isInstanceOf(ConfigFailure.class)
          .hasMessageContaining("not found");
    }
  }

  @Test
  void nothingIsReadThatIsNotThePods() throws Exception {
    Path secret = Files.writeString(data.resolve("secret"), "K='secret'\n");
    Files.createSymbolicLink(volume.resolve("link"), secret);
    Files.createSymbolicLink(volume.resolve("folder"), data);
    refused("work", "link", "no plain file");
    refused("work", "folder/secret", "failed to open");
    refused("work", "../../../../secret", "no path within a volume");
    refused("work", secret.toString(), "no path within a volume");
    refused("host", "etc/passwd", "must be an emptyDir");
    refused("none", "a.env", "cannot find the volume \"none\"");
  }

  @Test
  void onlyPlainFilesOfAReasonableSizeAreRead() throws Exception {
    refused("work", "sub", "no plain file");
    Files.write(volume.resolve("large"), new byte[(1 << 20) + 1]);
    refused("work", "large", "larger than 1 MiB");
  }
}
