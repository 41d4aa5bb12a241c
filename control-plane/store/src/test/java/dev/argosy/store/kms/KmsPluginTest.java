package dev.argosy.store.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.metric.Metrics;
import dev.argosy.model.time.ManualTimers;
import dev.argosy.store.seal.spi.KeyService;
import dev.argosy.store.seal.spi.KeyServiceContract;
import dev.argosy.store.seal.spi.KeyServiceException;
import dev.argosy.store.seal.spi.WrappedKey;
import io.grpc.Status.Code;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a plug-in at a real socket. */
class KmsPluginTest extends KeyServiceContract {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] CONTEXT = "acme".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DATA_KEY = new byte[32];

  @TempDir static Path folder;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final ManualTimers timers = new ManualTimers(Instant.parse("2026-01-01T00:00:00Z"));
  private KmsServer server;
  private KmsPlugin plugin;

  @BeforeEach
  void start() {
    server = server();
    plugin = open(server, LONG);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private KmsServer server() {
    KmsServer started = KmsServer.start(folder);
    opened.add(started);
    return started;
  }

  private KmsPlugin open(KmsServer at, Duration time) {
    KmsPlugin made =
        KmsPlugin.open(KmsEndpoint.of("vault", at.address(), time), timers.clock(), Metrics.none());
    opened.add(made);
    return made;
  }

  @Override
  protected KeyService service() {
    return plugin;
  }

  @Override
  protected void rotate() {
    server.rotate();
    timers.advance(KmsHealth.INTERVAL);
  }

  /** Another service under the same name. */
  @Override
  protected KeyService stranger() {
    return open(server(), LONG);
  }

  private WrappedKey wrap() {
    return plugin.wrap(plugin.keys().getFirst(), DATA_KEY, CONTEXT);
  }

  private void refresh() {
    timers.advance(KmsHealth.INTERVAL);
    plugin.refresh();
  }

  @Test
  void tenThousandKeysAreAHandfulOfCalls() {
    List<WrappedKey> wrapped = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      wrapped.add(wrap());
    }
    assertThat(server.encrypted()).isEqualTo(1);
    KmsPlugin other = open(server, LONG);
    wrapped.forEach(each -> assertThat(other.unwrap(each, CONTEXT)).isEqualTo(DATA_KEY));
    assertThat(server.decrypted()).isEqualTo(1);
    int asked = server.asked();
    for (int i = 0; i < 100; i++) {
      plugin.refresh();
    }
    assertThat(server.asked()).isEqualTo(asked);
  }

  @Test
  void aPluginThatIsAwayStopsWhatNeedsItAndNothingElse() {
    WrappedKey known = wrap();
    WrappedKey unknown = open(server, LONG).wrap("vault:", DATA_KEY, CONTEXT);
    server.close();
    refresh();
    assertThat(plugin.trouble("vault:")).get().asString().contains("UNAVAILABLE");
    assertThat(plugin.unwrap(known, CONTEXT)).isEqualTo(DATA_KEY);
    assertThat(plugin.unwrap(wrap(), CONTEXT)).isEqualTo(DATA_KEY);
    assertThatThrownBy(() -> plugin.unwrap(unknown, CONTEXT))
        .isInstanceOf(KeyServiceException.class)
        .hasMessageContaining("the KMS plug-in \"vault\" is away")
        .hasMessageContaining("ops/keys status");
    timers.advance(KmsHealth.GRACE);
    plugin.refresh();
    assertThatThrownBy(this::wrap).hasMessageContaining("\"vault\" is away");
    server.start();
    plugin.refresh();
    assertThat(plugin.trouble("vault:")).isEmpty();
    assertThat(plugin.unwrap(unknown, CONTEXT)).isEqualTo(DATA_KEY);
    assertThat(plugin.unwrap(wrap(), CONTEXT)).isEqualTo(DATA_KEY);
  }

  @Test
  void aPluginThatIsAwayAtTheStartIsFoundLater() {
    server.close();
    KmsPlugin early = open(server, LONG);
    assertThat(early.keys()).containsExactly("vault:");
    assertThat(early.trouble("vault:")).isPresent();
    assertThatThrownBy(() -> early.wrap("vault:", DATA_KEY, CONTEXT))
        .isInstanceOf(KeyServiceException.class);
    server.start();
    early.refresh();
    assertThat(early.keys().getFirst()).startsWith("vault:arn:key/");
    assertThat(early.unwrap(wrap(), CONTEXT)).isEqualTo(DATA_KEY);
  }

  @Test
  void aPluginThatHangsCostsItsTimeOnce() {
    KmsPlugin hasty = open(server, Duration.ofMillis(200));
    server.hang(true);
    assertThatThrownBy(() -> hasty.wrap("vault:", DATA_KEY, CONTEXT))
        .isInstanceOf(KeyServiceException.class);
    assertThat(hasty.trouble("vault:")).get().asString().contains("DEADLINE_EXCEEDED");
    int before = server.encrypted();
    for (int i = 0; i < 1_000; i++) {
      assertThatThrownBy(() -> hasty.wrap("vault:", DATA_KEY, CONTEXT))
          .hasMessageContaining("away");
    }
    server.hang(false);
    assertThat(server.encrypted() - before).isLessThanOrEqualTo(1);
    timers.advance(KmsHealth.PEACE);
    assertThat(plugin.unwrap(wrap(), CONTEXT)).isEqualTo(DATA_KEY);
  }

  @Test
  void whatThePluginSaysOfItselfIsForOperatorsAndItsErrorsForItsLog() {
    server.says("token expired\nfor role x");
    refresh();
    assertThat(plugin.trouble("vault:")).get().asString().contains("token expired for role x");
    timers.advance(KmsHealth.GRACE);
    server.refuse(Code.PERMISSION_DENIED);
    assertThatThrownBy(this::wrap)
        .hasMessageContaining("refuses to encrypt (PERMISSION_DENIED)")
        .hasMessageNotContaining("10.0.0.7")
        .hasMessageNotContaining("role x");
    int asked = server.encrypted();
    assertThatThrownBy(this::wrap).hasMessageContaining("refuses to encrypt");
    assertThat(server.encrypted()).isEqualTo(asked);
    server.refuse(null);
    timers.advance(KmsHealth.REFUSED);
    server.says("ok");
    server.speaks("v1beta1");
    plugin.refresh();
    assertThat(plugin.trouble("vault:")).get().asString().contains("version \"v1beta1\" of KMS");
    server.speaks("v2");
    plugin.refresh();
    assertThat(wrap()).isNotNull();
  }

  @Test
  void aKeyThatIsUsedBeforeItIsToldOfIsNamedAndCostsNoCallEach() {
    String told = plugin.keys().getFirst();
    server.rotateUntold();
    WrappedKey wrapped = wrap();
    assertThat(wrapped.keyId()).isNotEqualTo(told);
    assertThat(wrap().keyId()).isEqualTo(wrapped.keyId());
    assertThat(server.encrypted()).isEqualTo(1);
    assertThat(plugin.unwrap(wrapped, CONTEXT)).isEqualTo(DATA_KEY);
  }

  @Test
  void aKeyThatTheServiceLostIsARefusal() {
    WrappedKey wrapped = wrap();
    rotate();
    server.forget();
    assertThatThrownBy(() -> open(server, LONG).unwrap(wrapped, CONTEXT))
        .hasMessageContaining("refuses to decrypt (NOT_FOUND)")
        .hasMessageContaining("still has the key");
    assertThat(plugin.unwrap(wrapped, CONTEXT)).isEqualTo(DATA_KEY);
  }

  @Test
  void recordsThatWereTamperedWithAreRefused() {
    WrappedKey good = wrap();
    Map<String, String> notes = new HashMap<>(good.annotations());
    notes.replaceAll((name, value) -> "no base64");
    for (WrappedKey bad :
        List.of(
            new WrappedKey("vault:", good.bytes(), good.annotations()),
            new WrappedKey("other:x", good.bytes(), good.annotations()),
            new WrappedKey(good.keyId(), good.bytes(), Map.of()),
            new WrappedKey(good.keyId(), good.bytes(), notes),
            new WrappedKey(good.keyId(), new byte[] {1, 127, 127}, good.annotations()))) {
      assertThatThrownBy(() -> plugin.unwrap(bad, CONTEXT)).isInstanceOf(KeyServiceException.class);
    }
    assertThat(plugin.trouble(good.keyId())).isEmpty();
  }

  @Test
  void addressesAreChecked() {
    for (String bad :
        List.of(
            "http://x/y",
            "unix://host/y",
            "unix:///",
            "unix:y",
            "unix:///@abstract",
            "unix:///" + "x".repeat(108),
            "unix:///a?b")) {
      assertThatThrownBy(() -> KmsEndpoint.of("vault", bad, LONG))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> KmsEndpoint.of("vault", "unix:///a", Duration.ofMinutes(2)))
        .hasMessageContaining("PT1M");
    assertThat(KmsEndpoint.of("vault", "unix:///run/a.sock", LONG).socket())
        .isEqualTo(Path.of("/run/a.sock"));
  }
}
