package dev.argosy.server.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.dial.Connection;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines between two exchanges. */
@Timeout(30)
class IdleLinesTest {

  private static final Duration LONG = Duration.ofHours(1);

  /** A line to nobody, which tells when it is closed. */
  private static final class Played {
    final CountDownLatch closed = new CountDownLatch(1);
    final Line line;

    Played(String said) {
      Connection connection =
          new Connection(
              new ByteArrayInputStream(said.getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
              OutputStream.nullOutputStream(),
              closed::countDown);
      line = Line.once(connection, Deadline.never());
    }

    boolean open() {
      return closed.getCount() == 1;
    }
  }

  @Test
  void eachPeerHasItsOwn() {
    IdleLines<String> idle = new IdleLines<>(LONG);
    Played first = new Played("");
    Played second = new Played("");
    idle.put("a", first.line);
    idle.put("a", second.line);
    assertThat(idle.take("b", LONG)).isEmpty();
    assertThat(idle.take("a", LONG).orElseThrow().input()).isSameAs(second.line.input());
    assertThat(idle.take("a", LONG).orElseThrow().input()).isSameAs(first.line.input());
    assertThat(idle.take("a", LONG)).isEmpty();
    assertThat(first.open()).isTrue();
  }

  @Test
  void whoeverIsNotWantedIsClosed() throws Exception {
    IdleLines<String> idle = new IdleLines<>(Duration.ofMillis(20));
    Played line = new Played("");
    idle.put("a", line.line);
    assertThat(line.closed.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(idle.take("a", LONG)).isEmpty();
  }

  @Test
  void aTakenLineHasTheTimeOfItsExchange() throws Exception {
    IdleLines<String> idle = new IdleLines<>(LONG);
    Played line = new Played("");
    idle.put("a", line.line);
    Line taken = idle.take("a", Duration.ofMillis(20)).orElseThrow();
    assertThat(line.closed.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(taken.deadline().passed()).isTrue();
  }

  @Test
  void fewAreKeptForOnePeerAndInAll() {
    IdleLines<String> idle = new IdleLines<>(LONG);
    List<Played> lines = new ArrayList<>();
    for (int peer = 0; peer < 100; peer++) {
      for (int i = 0; i < 10; i++) {
        Played line = new Played("");
        lines.add(line);
        idle.put("peer" + peer, line.line);
      }
      long open = lines.stream().filter(Played::open).count();
      assertThat(open).isEqualTo(Math.min(512, 8 * (peer + 1)));
    }
    for (int i = 0; i < 8; i++) {
      assertThat(idle.take("peer0", LONG)).isPresent();
    }
    Played late = new Played("");
    idle.put("peer99", late.line);
    assertThat(late.open()).as("there is room again").isTrue();
  }

  @Test
  void whoSpeaksUnaskedIsClosed() {
    IdleLines<String> idle = new IdleLines<>(LONG);
    Played line = new Played("HTTP/1.1 200 OK");
    idle.put("a", line.line);
    assertThat(line.open()).isFalse();
    assertThat(idle.take("a", LONG)).isEmpty();
  }
}
