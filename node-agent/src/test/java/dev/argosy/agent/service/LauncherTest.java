package dev.argosy.agent.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in ops/agent, as it is started on a node. */
final class LauncherTest {

  private static final Path PARTS = Path.of("../ops/agent");

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(folder.resolve("lib/argosy-agent")).toRealPath();
    Files.copy(PARTS.resolve("argosy-agent"), home.resolve("argosy-agent"));
    program(home.resolve("argosy-agent"));
    Path java = Files.createDirectories(home.resolve("java/bin")).resolve("java");
    Files.writeString(
        java, "#!/bin/sh\necho \"$MALLOC_ARENA_MAX ${PATH##*/bin}\"\nprintf '%s\\n' \"$@\"\n");
    program(java);
    Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(
        folder.resolve("bin/argosy-agent"), Path.of("../lib/argosy-agent/argosy-agent"));
  }

  private static void program(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void startsTheJavaBesideItWithoutAnyEnvironment() throws Exception {
    assertThat(started("--node", "a b"))
        .containsExactly(
            "2 :/usr/sbin:/sbin",
            "@" + home + "/java.options",
            "-jar",
            home + "/agent.jar",
            "--node",
            "a b");
  }

  @Test
  void tellsTheJvmWhatTheMachineSaysBesides() throws Exception {
    assertThat(started("ARGOSY_JAVA_OPTIONS=-Xmx160m -Xss1m"))
        .containsSequence("@" + home + "/java.options", "-Xmx160m", "-Xss1m", "-jar");
  }

  @Test
  void takesTheArchiveThatLiesBesideIt() throws Exception {
    Files.createFile(home.resolve("agent.aot"));
    assertThat(started("--version"))
        .contains("-XX:AOTCache=" + home + "/agent.aot", "-XX:ArchiveRelocationMode=0")
        .endsWith("-jar", home + "/agent.jar", "--version");
  }

  @Test
  void theJvmKnowsAllOfTheOptions() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    Process process =
        new ProcessBuilder(java, "@" + PARTS.resolve("java.options"), "-version")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).doesNotContainIgnoringCase("warning");
  }

  /** What the program in Java's place was given, a line each; settings come first. */
  private List<String> started(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("env", "-i"));
    List<String> all = List.of(words);
    all.stream().filter(w -> w.contains("=")).forEach(command::add);
    command.add(folder.resolve("bin/argosy-agent").toString());
    all.stream().filter(w -> !w.contains("=")).forEach(command::add);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines().toList();
  }
}
