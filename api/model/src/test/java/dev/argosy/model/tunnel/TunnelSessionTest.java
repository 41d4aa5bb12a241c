package dev.argosy.model.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.tunnel.TunnelSession.Role;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TunnelSessionTest {

  private static final TunnelSettings SMALL =
      new TunnelSettings(4096, 3, Duration.ofSeconds(10), 3);

  private static final StreamAcceptor ECHO =
      (header, stream) -> {
        stream.input().transferTo(stream.output());
        stream.output().close();
      };

  @Test
  void eachDirectionEndsOnItsOwn() throws Exception {
    StreamAcceptor countThenAnswer =
        (header, stream) -> {
          int length = stream.input().readAllBytes().length;
          stream.output().write((new String(header, UTF_8) + length).getBytes(UTF_8));
          stream.output().close();
        };
    try (SessionPair pair = SessionPair.open(SMALL, countThenAnswer)) {
      TunnelStream stream = pair.dialer().open("bytes ".getBytes(UTF_8));
      stream.output().write(new byte[100_000]);
      stream.output().close();
      assertThat(new String(stream.input().readAllBytes(), UTF_8)).isEqualTo("bytes 100000");
    }
  }

  @Test
  void whatWasEndedArrivesThoughTheAcceptorNeverReadItsInput() throws Exception {
    StreamAcceptor talker =
        (header, stream) -> {
          stream.output().write(new byte[3000]);
          stream.output().close();
        };
    try (SessionPair pair = SessionPair.open(SMALL, talker)) {
      for (int i = 0; i < 200; i++) {
        TunnelStream stream = pair.dialer().open(new byte[0]);
        assertThat(stream.input().readAllBytes()).hasSize(3000);
        stream.close();
      }
    }
  }

  @Test
  void slowReaderHoldsUpOnlyItsOwnStream() throws Exception {
    StreamAcceptor flood =
        (header, stream) -> {
          if (header.length == 0) {
            ECHO.accept(header, stream);
          } else {
            stream.output().write(new byte[1_000_000]);
            stream.output().close();
          }
        };
    try (SessionPair pair = SessionPair.open(SMALL, flood)) {
      TunnelStream unread = pair.dialer().open(new byte[1]);
      TunnelStream other = pair.dialer().open(new byte[0]);
      Thread.ofVirtual().start(() -> write(other.output(), 300_000));
      assertThat(other.input().readAllBytes()).hasSize(300_000);
      assertThat(unread.input().readAllBytes()).hasSize(1_000_000);
    }
  }

  @Test
  void resetCarriesItsReasonToReaderAndWriter() throws Exception {
    try (SessionPair pair = SessionPair.open(SMALL, (h, stream) -> stream.reset("no such pod"))) {
      TunnelStream stream = pair.dialer().open(new byte[0]);
      assertThatThrownBy(() -> stream.input().read()).hasMessage("no such pod");
      assertThatThrownBy(() -> stream.output().write(new byte[10_000])).hasMessage("no such pod");
    }
  }

  @Test
  void failureOfTheAcceptorIsToldAndOthersGoOn() throws Exception {
    StreamAcceptor failing =
        (header, stream) -> {
          if (header.length > 0) {
            throw new IOException("disk is full");
          }
          ECHO.accept(header, stream);
        };
    try (SessionPair pair = SessionPair.open(SMALL, failing)) {
      TunnelStream bad = pair.dialer().open(new byte[1]);
      assertThatThrownBy(() -> bad.input().read()).hasMessage("disk is full");
      TunnelStream good = pair.dialer().open(new byte[0]);
      write(good.output(), 10);
      assertThat(good.input().readAllBytes()).hasSize(10);
    }
  }

  @Test
  void streamsBeyondTheLimitAreRefusedAndRoomComesBack() throws Exception {
    CountDownLatch finish = new CountDownLatch(1);
    LinkedBlockingQueue<String> served = new LinkedBlockingQueue<>();
    StreamAcceptor waiting =
        (header, stream) -> {
          served.add("one");
          await(finish);
          stream.output().close();
        };
    try (SessionPair pair = SessionPair.open(SMALL, waiting)) {
      for (int i = 0; i < 3; i++) {
        pair.dialer().open(new byte[0]);
        assertThat(served.poll(10, TimeUnit.SECONDS)).isNotNull();
      }
      TunnelStream fourth = pair.dialer().open(new byte[0]);
      assertThatThrownBy(() -> fourth.input().read()).hasMessage("too many streams are open");
      finish.countDown();
    }
  }

  @Test
  void endOfTheSessionFailsItsStreams() throws Exception {
    SessionPair pair = SessionPair.open(SMALL, ECHO);
    TunnelStream stream = pair.dialer().open(new byte[0]);
    pair.listener().close();
    assertThatThrownBy(() -> stream.input().read()).isInstanceOf(TunnelException.class);
    assertThat(pair.dialer().awaitEnd()).contains("peer closed");
    assertThatThrownBy(() -> pair.dialer().open(new byte[0])).isInstanceOf(TunnelException.class);
    assertThat(pair.dialer().openStreams()).isZero();
  }

  @Test
  void silentPeerIsGivenUp() throws Exception {
    TunnelSettings impatient = new TunnelSettings(4096, 3, Duration.ofMillis(20), 2);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
      TunnelSession session =
          TunnelSession.start(
              TunnelTransport.of(socket), Role.DIALER, impatient, StreamAcceptor.NONE);
      assertThat(session.awaitEnd()).contains("no sign of life");
    }
  }

  @Test
  void idlePeersKeepEachOtherAlive() throws Exception {
    TunnelSettings impatient = new TunnelSettings(4096, 3, Duration.ofMillis(50), 4);
    try (SessionPair pair = SessionPair.open(impatient, ECHO)) {
      TunnelStream stream = pair.dialer().open(new byte[0]);
      stream.readTimeout(Duration.ofMillis(600));
      assertThatThrownBy(() -> stream.input().read()).isInstanceOf(SocketTimeoutException.class);
      assertThat(pair.dialer().isOpen()).isTrue();
    }
  }

  @Test
  void peerThatIgnoresTheWindowIsCutOff() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket rude = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      CountDownLatch never = new CountDownLatch(1);
      TunnelSession session =
          TunnelSession.start(
              TunnelTransport.of(accepted), Role.LISTENER, SMALL, (h, stream) -> await(never));
      var out = new java.io.DataOutputStream(rude.getOutputStream());
      new Frame(FrameType.OPEN, 1, new byte[0]).writeTo(out);
      new Frame(FrameType.DATA, 1, new byte[4096]).writeTo(out);
      new Frame(FrameType.DATA, 1, new byte[1]).writeTo(out);
      assertThat(session.awaitEnd()).contains("more than the window");
      never.countDown();
    }
  }

  @Test
  void garbageEndsTheSession() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket rude = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
        Socket accepted = server.accept()) {
      TunnelSession session =
          TunnelSession.start(TunnelTransport.of(accepted), Role.LISTENER, SMALL, ECHO);
      rude.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
      assertThat(session.awaitEnd()).contains("unknown frame type");
    }
  }

  @Test
  void replyTellsAcceptanceOrRefusal() throws Exception {
    StreamAcceptor choosy =
        (header, stream) -> {
          StreamReply reply =
              header.length == 0
                  ? new StreamReply.Accepted()
                  : new StreamReply.Refused(Status.of(Reason.NOT_FOUND, "container not found"));
          reply.writeTo(stream);
          stream.output().close();
        };
    try (SessionPair pair = SessionPair.open(SMALL, choosy)) {
      assertThat(StreamReply.readFrom(pair.dialer().open(new byte[0])))
          .isEqualTo(new StreamReply.Accepted());
      assertThat(StreamReply.readFrom(pair.dialer().open(new byte[1])))
          .isEqualTo(new StreamReply.Refused(Status.of(Reason.NOT_FOUND, "container not found")));
    }
  }

  private static void write(OutputStream out, int length) {
    try (out) {
      out.write(new byte[length]);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
