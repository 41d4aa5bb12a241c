package dev.argosy.agent.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class KeptJsonTest {

  @TempDir private Path folder;

  private KeptJson file() {
    return new KeptJson(folder.resolve("pod/word.json"));
  }

  @Test
  void whatIsKeptIsThereForTheNextAndReplacedWhole() throws IOException {
    assertThat(file().read()).isEmpty();
    file().write(Json.object().put("a", 1).put("b", "x".repeat(9000)));
    file().write(Json.object().put("a", 2));
    assertThat(file().read()).hasValue(Json.object().put("a", 2));
    try (var all = Files.list(folder.resolve("pod"))) {
      assertThat(all).containsExactly(file().path());
    }
  }

  /** As an agent leaves it that dies while it writes. */
  @Test
  void whatWasBegunDoesNotCount() throws IOException {
    file().write(Json.object().put("a", 1));
    Files.writeString(folder.resolve("pod/word.json.next"), "{\"a\":");
    assertThat(file().read()).hasValue(Json.object().put("a", 1));
    file().write(Json.object().put("a", 2));
    assertThat(file().read()).hasValue(Json.object().put("a", 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "\u0000", "}"})
  void whatCannotBeReadIsNothing(String torn) throws IOException {
    file().write(Json.object());
    Files.writeString(file().path(), torn);
    assertThat(file().read()).isEmpty();
  }

  @Test
  void whatIsOfAnotherKindIsPutAside() throws IOException {
    assertThat(file().<String>read(KeptJsonTest::word, "none counts")).isEmpty();
    file().write(Json.object().put("word", "a"));
    assertThat(file().<String>read(KeptJsonTest::word, "none counts")).hasValue("a");
    for (String torn : List.of("{}", "{\"a\":")) {
      Files.writeString(file().path(), torn);
      assertThat(file().<String>read(KeptJsonTest::word, "none counts")).isEmpty();
      assertThat(file().path()).doesNotExist();
      assertThat(folder.resolve("pod/word.json.corrupt")).hasContent(torn);
    }
  }

  private static String word(JsonNode tree) throws IOException {
    if (!tree.path("word").isString()) {
      throw new IOException("no word");
    }
    return tree.path("word").asString("");
  }

  @Test
  void whatIsForgottenLeavesNothing() throws IOException {
    file().write(Json.object());
    Files.writeString(folder.resolve("pod/word.json.next"), "{");
    file().remove();
    file().remove();
    assertThat(folder.resolve("pod")).isEmptyDirectory();
  }

  @Test
  void aDiskThatTakesNothingIsAFailureOrPassedOver() throws IOException {
    Files.writeString(folder.resolve("pod"), "no folder");
    assertThatThrownBy(() -> file().write(Json.object())).isInstanceOf(IOException.class);
    assertThat(file().tryWrite(Json.object())).isFalse();
  }
}
