package dev.argosy.model.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.object.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class YamlScalarsTest {

  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setSchema(new YamlScalars()).build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0555|365",
        "0|0",
        "08|8",
        "-012|-10",
        "0o17|15",
        "0x1F|31",
        "0b101|5",
        "1_000|1000",
        "7|7",
        "yes|true",
        "On|true",
        "off|false",
        "n|false",
        "True|true",
        "1.5|1.5",
        "~|null",
        "null|null",
        "'\"yes\"'|'\"yes\"'",
        "'\"0555\"'|'\"0555\"'",
        "1.2.3|'\"1.2.3\"'",
        ".inf|'\".inf\"'",
        "100m|'\"100m\"'",
        "none|'\"none\"'",
      })
  void plainScalarsMeanWhatKubectlTakesThemFor(String yaml, String json) {
    assertThat(Json.mapper().writeValueAsString(new Load(SETTINGS).loadFromString(yaml)))
        .isEqualTo(json);
  }

  @Test
  void textThatLooksLikeSomethingElseIsQuotedWhenWritten() {
    DumpSettings settings = DumpSettings.builder().setSchema(new YamlScalars()).build();
    for (String text : new String[] {"yes", "0555", "off", "null", "1e3", "y"}) {
      String written = new Dump(settings).dumpToString(text);
      assertThat(new Load(SETTINGS).loadFromString(written)).isEqualTo(text);
    }
  }
}
