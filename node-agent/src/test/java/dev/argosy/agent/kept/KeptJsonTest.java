package dev.argosy.agent.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.object.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThatCode(() -> file().tryWrite(Json.object())).doesNotThrowAnyException();
  }
}
