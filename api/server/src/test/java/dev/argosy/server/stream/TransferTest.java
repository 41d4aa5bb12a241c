package dev.argosy.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Much data, and many streams. {@code -Dargosy.transfer.mib=1024} moves a whole GiB, as {@code
 * ops/test --full} does.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TransferTest {

  private static final long BYTES = Long.getLong("argosy.transfer.mib", 64) * 1024 * 1024;
  private static final int STREAMS = 200;
  private static final String POD = "/api/v1/namespaces/default/pods/web/";
  private static final String EXEC = POD + "exec?command=cat&stdin=true&stdout=true";
  private static final byte[] BLOCK = new byte[32 * 1024];

  static {
    new Random(7).nextBytes(BLOCK);
  }

  private StreamFront front;
  private PlayedNode node;
  private long began;
  private long busyBefore;

  @BeforeEach
  void start() throws Exception {
    front = new StreamFront();
    node = new PlayedNode(front, "n1");
    front.pods.put("web", "{\"nodeName\":\"n1\",\"containers\":[{\"name\":\"app\"}]}", "{}");
    began = System.nanoTime();
    busyBefore = processorTime();
  }

  @AfterEach
  void stop() throws Exception {
    node.close();
    front.close();
  }

  /** Writes a piece of the data. */
  private interface Sender {
    void send(byte[] block) throws IOException;
  }

  private static long send(Sender sender) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] block = BLOCK.clone();
    for (long sent = 0; sent < BYTES; sent += block.length) {
      block[0] = (byte) (sent >> 15);
      sum.update(block);
      sender.send(block);
    }
    return sum.getValue();
  }

  /** Client, server and node share the machine, so the time of its processors tells more. */
  private void tell(String what) {
    double seconds = (System.nanoTime() - began) / 1e9;
    double busy = (processorTime() - busyBefore) / 1e9;
    System.out.printf(
        "%s: %.0f MB/s each way, %.0f MB per second of processor%n",
        what, BYTES / 1e6 / seconds, BYTES / 1e6 / busy);
  }

  private static long processorTime() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  @Test
  void execOverWebSocket() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        RawSocketClient client = new RawSocketClient(front.port(), EXEC, "v5.channel.k8s.io")) {
      Future<Long> sent =
          threads.submit(() -> {
            long sum = send(block -> client.send(0, block, 0, block.length));
            client.send(255, new byte[] {0}, 0, 1);
            return sum;
          });
      CRC32C sum = new CRC32C();
      long count = 0;
      String outcome = "";
      for (byte[] m = client.next(); m.length > 0; m = client.next()) {
        if (m[0] == 1) {
          sum.update(m, 1, m.length - 1);
          count += m.length - 1;
        } else if (m[0] == 3) {
          outcome = new String(m, 1, m.length - 1, UTF_8);
        }
      }
      assertThat(count).isEqualTo(BYTES);
      assertThat(sum.getValue()).isEqualTo(sent.get());
      assertThat(outcome).isEqualTo(PlayedNode.SUCCESS);
    }
    tell("exec over WebSocket");
    assertNothingIsLeft();
  }

  @Test
  void execOverSpdy() throws Exception {
    try (SpdyClient client = new SpdyClient(front.port(), "POST", EXEC, "v4.channel.k8s.io")) {
      client.open("streamtype", "error");
      int stdin = client.open("streamtype", "stdin");
      int stdout = client.open("streamtype", "stdout");
      echo(client, stdin, stdout);
    }
    tell("exec over SPDY");
    assertNothingIsLeft();
  }

  @Test
  void portForwardOverSpdy() throws Exception {
    try (SpdyClient client =
        new SpdyClient(front.port(), "POST", POD + "portforward", "portforward.k8s.io")) {
      client.open("streamtype", "error", "port", "7", "requestid", "0");
      int data = client.open("streamtype", "data", "port", "7", "requestid", "0");
      echo(client, data, data);
    }
    tell("port-forward over SPDY");
    assertNothingIsLeft();
  }

  @Test
  void portForwardInsideWebSocket() throws Exception {
    try (RawSocketClient client =
        new RawSocketClient(front.port(), POD + "portforward?ports=7", "v4.channel.k8s.io")) {
      Thread sender =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  send(block -> client.send(0, block, 0, block.length));
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      CRC32C expected = new CRC32C();
      send(expected::update);
      CRC32C sum = new CRC32C();
      long count = -2; // the port stands in front
      while (count < BYTES) {
        byte[] m = client.next();
        if (m[0] == 0) {
          int from = count < 0 ? 3 : 1;
          sum.update(m, from, m.length - from);
          count += m.length - 1;
        }
      }
      sender.join();
      assertThat(count).isEqualTo(BYTES);
      assertThat(sum.getValue()).isEqualTo(expected.getValue());
    }
    tell("port-forward over WebSocket");
    assertNothingIsLeft();
  }

  private static void echo(SpdyClient client, int to, int from) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Long> sent =
          threads.submit(() -> {
            long sum = send(block -> client.sendRaw(to, block, false));
            client.sendRaw(to, new byte[0], true);
            return sum;
          });
      DataInputStream in = client.frames();
      CRC32C sum = new CRC32C();
      long count = 0;
      boolean last = false;
      while (!last) {
        int first = in.readInt();
        int flagsAndLength = in.readInt();
        byte[] payload = new byte[flagsAndLength & 0xffffff];
        in.readFully(payload);
        if (first == from) {
          sum.update(payload);
          count += payload.length;
          last = (flagsAndLength >>> 24 & 1) == 1;
        }
      }
      assertThat(count).isEqualTo(BYTES);
      assertThat(sum.getValue()).isEqualTo(sent.get());
    }
  }

  @Test
  void manyStreamsAtOnce() throws Exception {
    List<RawSocketClient> clients = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < STREAMS; i++) {
        clients.add(new RawSocketClient(front.port(), EXEC, "v5.channel.k8s.io"));
      }
      CountDownLatch allBegan = new CountDownLatch(STREAMS);
      List<Callable<Integer>> talks = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        RawSocketClient client = clients.get(i);
        byte[] own = ("stream " + i).getBytes(UTF_8);
        talks.add(() -> talk(client, own, allBegan));
      }
      for (Future<Integer> talk : threads.invokeAll(talks)) {
        assertThat(talk.get()).isEqualTo(BLOCK.length * 8);
      }
    } finally {
      for (RawSocketClient client : clients) {
        client.close();
      }
    }
    System.out.printf("%d streams: %.1f s%n", STREAMS, (System.nanoTime() - began) / 1e9);
    assertNothingIsLeft();
  }

  /** Every stream gets its first answer while all the others are still open. */
  private static int talk(RawSocketClient client, byte[] own, CountDownLatch allBegan)
      throws Exception {
    client.send(0, own, 0, own.length);
    byte[] answer = client.next();
    while (answer.length == 1) {
      answer = client.next();
    }
    assertThat(new String(answer, 1, answer.length - 1, UTF_8)).isEqualTo(new String(own, UTF_8));
    allBegan.countDown();
    assertThat(allBegan.await(60, TimeUnit.SECONDS)).isTrue();
    int count = 0;
    for (int i = 0; i < 8; i++) {
      client.send(0, BLOCK, 0, BLOCK.length);
      while (count < (i + 1) * BLOCK.length) {
        count += client.next().length - 1;
      }
    }
    client.send(255, new byte[] {0}, 0, 1);
    byte[] last = client.next();
    while (last.length > 0) {
      last = client.next();
    }
    return count;
  }

  /** Streams of the tunnel, and the virtual threads that served the conversation, are gone. */
  private void assertNothingIsLeft() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (node.openStreams() > 0) {
      assertThat(System.nanoTime()).as("streams stay open").isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
    assertThat(node.openStreams()).isZero();
  }
}
