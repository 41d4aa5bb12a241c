package dev.argosy.agent.network.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves questions on UDP and TCP. Too many at once are dropped; clients ask again. */
public final class DnsServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DnsServer.class);
  private static final int MAX_AT_ONCE = 512;
  private static final int MAX_QUESTION = 4096;
  private static final int IDLE_MILLIS = 10_000;

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final Responder responder;
  private final Semaphore room = new Semaphore(MAX_AT_ONCE);

  /**
   * Begins to serve.
   *
   * @param address port 0 takes a free one, the same for both transports
   */
  public DnsServer(InetSocketAddress address, Responder responder) throws IOException {
    this.responder = responder;
    this.tcp = new ServerSocket();
    tcp.setReuseAddress(true);
    tcp.bind(address);
    try {
      this.udp =
          new DatagramSocket(new InetSocketAddress(address.getAddress(), tcp.getLocalPort()));
    } catch (IOException e) {
      tcp.close();
      throw e;
    }
    Thread.ofVirtual().name("dns-udp").start(this::receiveAll);
    Thread.ofVirtual().name("dns-tcp").start(this::acceptAll);
  }

  public int port() {
    return tcp.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }

  private void receiveAll() {
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_QUESTION], MAX_QUESTION);
        udp.receive(packet);
        onVirtualThread(() -> answer(packet));
      } catch (IOException e) {
        logUnlessClosed(e);
      }
    }
  }

  private void answer(DatagramPacket packet) {
    byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
    Optional<byte[]> answer = responder.respond(question, packet.getAddress(), false);
    try {
      if (answer.isPresent()) {
        byte[] bytes = answer.get();
        udp.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
      }
    } catch (IOException e) {
      logUnlessClosed(e);
    }
  }

  private void acceptAll() {
    while (!tcp.isClosed()) {
      try {
        Socket client = tcp.accept();
        if (!onVirtualThread(() -> converse(client))) {
          client.close();
        }
      } catch (IOException e) {
        logUnlessClosed(e);
      }
    }
  }

  private void converse(Socket client) {
    try (client) {
      client.setSoTimeout(IDLE_MILLIS);
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(client.getOutputStream());
      InetAddress from = client.getInetAddress();
      Optional<byte[]> answer = responder.respond(TcpMessages.read(in), from, true);
      while (answer.isPresent()) {
        TcpMessages.write(out, answer.get());
        answer = responder.respond(TcpMessages.read(in), from, true);
      }
    } catch (IOException e) {
      LOG.trace("a DNS connection ended", e);
    }
  }

  private boolean onVirtualThread(Runnable work) {
    if (!room.tryAcquire()) {
      return false;
    }
    Thread.ofVirtual()
        .name("dns-question")
        .start(() -> {
          try {
            work.run();
          } finally {
            room.release();
          }
        });
    return true;
  }

  private void logUnlessClosed(IOException e) {
    if (!tcp.isClosed()) {
      LOG.warn("DNS: {}", e.getMessage());
    }
  }
}
