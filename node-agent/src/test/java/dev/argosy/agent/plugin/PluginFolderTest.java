package dev.argosy.agent.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.time.ManualTimers;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class PluginFolderTest {

  private final ManualTimers timers = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  private final List<String> heard = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private String refusal = "";

  @TempDir private Path folder;
  private PluginFolder plugins;

  private final PluginHandler handler =
      new PluginHandler() {
        @Override
        public void registered(PluginInfo plugin) throws PluginRefusal {
          if (!refusal.isEmpty()) {
            throw new PluginRefusal(refusal);
          }
          heard.add("+" + plugin.name());
        }

        @Override
        public void gone(PluginInfo plugin) {
          heard.add("-" + plugin.name());
        }
      };

  @BeforeEach
  void begin() {
    plugins = new PluginFolder(folder, Map.of(PluginInfo.CSI, handler), timers.clock());
  }

  @AfterEach
  void end() throws Exception {
    plugins.close();
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  private TestPlugin plugin(String file, String type, Path endpoint) throws IOException {
    TestPlugin plugin = new TestPlugin(folder.resolve(file), type, "disk.example.com", endpoint);
    open.add(plugin);
    return plugin;
  }

  private TestPlugin plugin(String file) throws IOException {
    return plugin(file, PluginInfo.CSI, folder.resolve(file));
  }

  private void round() {
    timers.advance(Duration.ofSeconds(1));
    plugins.round(Runnable::run);
  }

  @Test
  void aSocketThatComesIsRegisteredAndToldSo() throws IOException {
    round();
    TestPlugin plugin = plugin("a.sock");
    round();
    round();
    assertThat(heard).containsExactly("+disk.example.com");
    assertThat(plugin.told()).containsExactly("taken");
  }

  @Test
  void aSocketInAFolderOfItsOwnIsFound() throws IOException {
    Files.createDirectory(folder.resolve("x"));
    plugin("x/a.sock");
    round();
    assertThat(heard).containsExactly("+disk.example.com");
  }

  @Test
  void aSocketThatIsRemovedIsGivenUp() throws IOException {
    plugin("a.sock");
    round();
    Files.deleteIfExists(folder.resolve("a.sock"));
    round();
    assertThat(heard).containsExactly("+disk.example.com", "-disk.example.com");
  }

  @Test
  void oneThatDiesIsGivenUpAndComesBack(@TempDir Path other) throws IOException {
    Path socket = folder.resolve("a.sock");
    try (TestPlugin plugin =
        new TestPlugin(other.resolve("s"), PluginInfo.CSI, "disk.example.com", socket)) {
      Files.createLink(socket, other.resolve("s")); // stays, as if the process was killed
      round();
      assertThat(plugin.told()).containsExactly("taken");
    }
    round();
    assertThat(heard).as("it may be busy for a moment").hasSize(1);
    round();
    round();
    assertThat(heard).containsExactly("+disk.example.com", "-disk.example.com");
    plugin("a.sock");
    round();
    round();
    assertThat(heard).endsWith("+disk.example.com");
  }

  @Test
  void oneWhoseEndpointDiesIsGivenUpAndComesBackWithIt(@TempDir Path other) throws IOException {
    Path endpoint = other.resolve("csi.sock");
    try (ServerSocketChannel driver = listen(endpoint)) {
      assertThat(driver.isOpen()).isTrue();
      plugin("a.sock", PluginInfo.CSI, endpoint);
      round();
    }
    round();
    assertThat(heard).as("it may be busy for a moment").hasSize(1);
    round();
    assertThat(heard).containsExactly("+disk.example.com", "-disk.example.com");
  }

  @Test
  void anotherInItsPlaceIsRegisteredAfterTheFirstWasPutAway() throws IOException {
    plugin("a.sock");
    round();
    plugin("a.sock");
    round();
    round();
    assertThat(heard)
        .containsExactly("+disk.example.com", "-disk.example.com", "+disk.example.com");
  }

  @Test
  void oneThatIsRefusedIsToldWhyAndAskedAgainLater() throws IOException {
    refusal = "not today";
    TestPlugin plugin = plugin("a.sock");
    round();
    assertThat(plugin.told()).containsExactly("not today");
    refusal = "";
    round();
    round();
    assertThat(plugin.told()).containsExactly("not today", "taken");
  }

  @Test
  void pausesGrow() throws IOException {
    refusal = "not today";
    TestPlugin plugin = plugin("a.sock");
    for (int second = 0; second < 16; second++) {
      round();
    }
    assertThat(plugin.told()).as("after 0, 1, 3, 7, 15 s").hasSize(5);
  }

  @Test
  void aTypeThatNobodyHandlesIsToldSo() throws IOException {
    TestPlugin plugin = plugin("a.sock", "DRAPlugin", folder.resolve("a.sock"));
    round();
    assertThat(plugin.told())
        .containsExactly("this node has no handler for plug-ins of type DRAPlugin");
  }

  @Test
  void whatIsNoSocketAndWhatIsNoPluginHarmsNobody() throws IOException {
    Files.writeString(folder.resolve("README"), "hello");
    leaveDead(folder.resolve("dead.sock"));
    plugin("z.sock");
    round();
    assertThat(heard).containsExactly("+disk.example.com");
  }

  /** A socket's file at which nobody listens, as a killed process leaves it. */
  private static void leaveDead(Path socket) throws IOException {
    Files.deleteIfExists(socket);
    listen(socket).close();
  }

  private static ServerSocketChannel listen(Path socket) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(socket));
    return channel;
  }
}
