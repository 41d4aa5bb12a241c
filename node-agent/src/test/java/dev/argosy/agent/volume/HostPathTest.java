package dev.argosy.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.agent.command.Commands;
import dev.argosy.agent.pod.config.FileModes;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPathTest {

  @TempDir Path folder;

  @Test
  void makes_folders_and_files_if_it_may() throws Exception {
    Path made = folder.resolve("a/b");
    HostPath.check(made, "DirectoryOrCreate");
    assertThat(FileModes.of(made)).isEqualTo(0755);
    Path file = made.resolve("file");
    HostPath.check(file, "FileOrCreate");
    assertThat(file).isRegularFile();
    assertThat(FileModes.of(file)).isEqualTo(0644);
    HostPath.check(folder.resolve("c/d"), "");
    assertThat(folder.resolve("c/d")).isDirectory();
    assertThatThrownBy(() -> HostPath.check(folder.resolve("no/file"), "FileOrCreate"))
        .hasMessage("open " + folder.resolve("no/file") + ": no such file or directory");
  }

  @ParameterizedTest
  @CsvSource({
    "Directory, file, a directory",
    "DirectoryOrCreate, file, a directory",
    "Directory, none, a directory",
    "File, folder, a file",
    "FileOrCreate, folder, a file",
    "File, none, a file",
    "Socket, file, a socket file",
    "CharDevice, file, a character device",
    "BlockDevice, folder, a block device"
  })
  void refuses_what_is_something_else(String type, String name, String wanted) throws Exception {
    Files.createDirectory(folder.resolve("folder"));
    Files.createFile(folder.resolve("file"));
    Path path = folder.resolve(name);
    assertThatThrownBy(() -> HostPath.check(path, type))
        .hasMessage("hostPath type check failed: " + path + " is not " + wanted);
    if (name.equals("none")) {
      assertThat(path).doesNotExist();
    }
  }

  @Test
  void knows_sockets_and_devices() throws Exception {
    Path socket = folder.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      assertThatCode(() -> HostPath.check(socket, "Socket")).doesNotThrowAnyException();
    }
    assertThatCode(() -> HostPath.check(Path.of("/dev/null"), "CharDevice"))
        .doesNotThrowAnyException();
    Path disk = folder.resolve("disk");
    Commands.run(List.of("mknod", disk.toString(), "b", "7", "0"));
    assertThatCode(() -> HostPath.check(disk, "BlockDevice")).doesNotThrowAnyException();
    assertThatThrownBy(() -> HostPath.check(disk, "CharDevice"))
        .hasMessageEndingWith("is not a character device");
    assertThatThrownBy(() -> HostPath.check(Path.of("/dev/null"), "BlockDevice"))
        .hasMessageEndingWith("is not a block device");
    assertThatThrownBy(() -> HostPath.check(Path.of("/dev/null"), "Pipe"))
        .hasMessage("Pipe is an invalid volume type");
  }
}
