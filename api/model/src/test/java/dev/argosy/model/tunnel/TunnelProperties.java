package dev.argosy.model.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is written in whatever pieces, each stream's bytes arrive whole and in order. */
class TunnelProperties {

  private static final int MOST_PIECES = 300;
  private static final StreamAcceptor ECHO =
      (header, stream) -> {
        stream.input().transferTo(stream.output());
        stream.output().close();
      };

  @Property(tries = 40)
  void echoOfAnyInterleavingIsWhatWasSent(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 120_000) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 9000) int piece,
      @ForAll @IntRange(min = 1024, max = 20_000) int window,
      @ForAll long seed)
      throws Exception {
    TunnelSettings settings = new TunnelSettings(window, 16, Duration.ofSeconds(5), 3);
    try (SessionPair pair = SessionPair.open(settings, ECHO);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> checks = new ArrayList<>();
      for (int i = 0; i < lengths.size(); i++) {
        byte[] sent = new byte[Math.min(lengths.get(i), piece * MOST_PIECES)];
        new Random(seed + i).nextBytes(sent);
        TunnelStream stream = pair.dialer().open(new byte[0]);
        checks.add(() -> send(stream, sent, piece));
        checks.add(() -> expect(stream, sent, piece));
      }
      for (Future<Void> check : threads.invokeAll(checks)) {
        check.get();
      }
    }
  }

  @Property(tries = 200)
  void messagesComeBackAsTheyWere(
      @ForAll List<@IntRange(max = 255) Integer> channels, @ForAll byte[] payload)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int channel : channels) {
      new ChannelMessage(channel, payload).writeTo(bytes);
    }
    var in = new java.io.DataInputStream(new java.io.ByteArrayInputStream(bytes.toByteArray()));
    for (int channel : channels) {
      ChannelMessage message = ChannelMessage.readFrom(in).orElseThrow();
      assertThat(message.channel()).isEqualTo(channel);
      assertThat(message.payload()).isEqualTo(payload);
    }
    assertThat(ChannelMessage.readFrom(in)).isEmpty();
  }

  private static Void send(TunnelStream stream, byte[] bytes, int piece) throws IOException {
    for (int from = 0; from < bytes.length; from += piece) {
      stream.output().write(bytes, from, Math.min(piece, bytes.length - from));
    }
    stream.output().close();
    return null;
  }

  private static Void expect(TunnelStream stream, byte[] expected, int piece) throws IOException {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    byte[] buffer = new byte[piece];
    InputStream in = stream.input();
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      got.write(buffer, 0, count);
    }
    assertThat(got.toByteArray()).isEqualTo(expected);
    return null;
  }
}
