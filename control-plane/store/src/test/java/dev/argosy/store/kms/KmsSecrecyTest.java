package dev.argosy.store.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.metric.Metrics;
import dev.argosy.model.time.ManualTimers;
import dev.argosy.store.seal.spi.KeyServiceException;
import dev.argosy.store.seal.spi.WrappedKey;
import io.grpc.Status.Code;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plug-in's ways through all levels of the log leave in it. */
class KmsSecrecyTest {

  private static final byte[] DATA_KEY =
      "0123456789abcdef0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;
  private final Logger logger = Logger.getLogger("dev.argosy.store");
  private final Lines lines = new Lines();

  private static final class Lines extends Handler {
    private final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord line) {
      all.add(new SimpleFormatter().format(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    logger.setLevel(Level.ALL);
    logger.addHandler(lines);
  }

  @AfterEach
  void stop() {
    logger.removeHandler(lines);
    logger.setLevel(null);
  }

  @Test
  void noKeyIsLoggedAtAnyLevel() {
    ManualTimers time = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
    try (KmsServer server = KmsServer.start(folder);
        KmsPlugin plugin = open(server, time);
        KmsPlugin other = open(server, time)) {
      WrappedKey wrapped = plugin.wrap("vault:", DATA_KEY, new byte[0]);
      assertThat(other.unwrap(wrapped, new byte[0])).isEqualTo(DATA_KEY);
      server.refuse(Code.INTERNAL);
      server.rotate();
      time.advance(KmsHealth.GRACE);
      plugin.refresh();
      assertThatThrownBy(() -> plugin.wrap("vault:", DATA_KEY, new byte[0]))
          .isInstanceOf(KeyServiceException.class);
      server.says("ill");
      time.advance(KmsHealth.GRACE);
      plugin.refresh();
      assertThat(lines.all).isNotEmpty();
      assertThat(String.join("", lines.all))
          .doesNotContain(new String(DATA_KEY, StandardCharsets.US_ASCII))
          .doesNotContain(Base64.getEncoder().encodeToString(DATA_KEY))
          .doesNotContain(HexFormat.of().formatHex(DATA_KEY))
          .doesNotContain(Arrays.toString(DATA_KEY))
          .doesNotContain(Base64.getEncoder().encodeToString(wrapped.bytes()));
      assertThat(plugin + " " + plugin.endpoint() + " " + wrapped)
          .doesNotContain("0123456789abcdef");
    }
  }

  private static KmsPlugin open(KmsServer server, ManualTimers time) {
    KmsEndpoint endpoint = KmsEndpoint.of("vault", server.address(), Duration.ofSeconds(30));
    return KmsPlugin.open(endpoint, time.clock(), Metrics.none());
  }
}
