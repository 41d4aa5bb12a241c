package dev.argosy.store.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.store.seal.spi.KeyService;
import dev.argosy.store.seal.spi.KeyServiceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest extends KeyServiceContract {

  @TempDir Path folder;
  private Path file;
  private Keyring keyring;

  @BeforeEach
  void start() {
    file = Keyrings.file(folder);
    keyring = Keyrings.open(file);
  }

  @Override
  protected KeyService service() {
    return keyring;
  }

  @Override
  protected void rotate() {
    Keyrings.add(file, "next");
  }

  /** A key of the same name, but another key. */
  @Override
  protected KeyService stranger() {
    return Keyrings.open(Keyrings.file(folder));
  }

  @Test
  void onlyTheOwnerMayReadIt() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> Keyrings.open(file)).hasMessageContaining("chmod 600");
  }

  @Test
  void badFilesAreExplainedWithoutTheirContent() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> Keyrings.open(missing)).hasMessageContaining("cannot be read");
    for (String bad :
        new String[] {"", "# nothing\n", "x\n", "x SECRET*\n", "x U0VDUkVU\n", "a/b U0VDUkVU\n"}) {
      Files.writeString(file, bad);
      assertThatThrownBy(() -> Keyrings.open(file))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(file.toString())
          .message()
          .doesNotContain("SECRET", "U0VDUkVU");
    }
  }

  @Test
  void aFileThatBecameBadChangesNothing() throws IOException {
    var keys = keyring.keys();
    Files.writeString(file, "half a li");
    keyring.refresh();
    assertThat(keyring.keys()).isEqualTo(keys);
  }
}
