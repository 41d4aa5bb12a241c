package dev.argosy.agent.network.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The resolvers of the node, asked in their order. Questions and answers pass as they are.
 *
 * @param timeout for each of them
 */
public record Upstream(List<InetSocketAddress> servers, Duration timeout) {

  private static final int MAX_UDP = 65_535;

  public Upstream {
    servers = List.copyOf(servers);
  }

  /** Those of a resolv.conf, but for this node's own DNS address. */
  public static Upstream of(Path resolvConf, String own, Duration timeout) throws IOException {
    List<InetSocketAddress> servers = new ArrayList<>();
    for (String line : Files.readAllLines(resolvConf)) {
      String[] words = line.strip().split("\\s+");
      if (words.length >= 2 && words[0].equals("nameserver") && !words[1].equals(own)) {
        servers.add(new InetSocketAddress(words[1], 53));
      }
    }
    return new Upstream(servers, timeout);
  }

  /** The first answer; nothing if none of them answers in time. */
  Optional<byte[]> ask(byte[] question, boolean tcp) {
    for (InetSocketAddress server : servers) {
      try {
        return Optional.of(tcp ? askTcp(server, question) : askUdp(server, question));
      } catch (IOException e) {
        continue; // the next may do better
      }
    }
    return Optional.empty();
  }

  /** A socket of its own has a random port, so that answers are hard to forge. */
  private byte[] askUdp(InetSocketAddress server, byte[] question) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server);
      socket.setSoTimeout((int) timeout.toMillis());
      socket.send(new DatagramPacket(question, question.length));
      DatagramPacket answer = new DatagramPacket(new byte[MAX_UDP], MAX_UDP);
      do {
        socket.receive(answer);
      } while (!sameId(question, answer));
      return Arrays.copyOf(answer.getData(), answer.getLength());
    }
  }

  private static boolean sameId(byte[] question, DatagramPacket answer) {
    byte[] data = answer.getData();
    return answer.getLength() >= 12 && data[0] == question[0] && data[1] == question[1];
  }

  private byte[] askTcp(InetSocketAddress server, byte[] question) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server, (int) timeout.toMillis());
      socket.setSoTimeout((int) timeout.toMillis());
      TcpMessages.write(new DataOutputStream(socket.getOutputStream()), question);
      return TcpMessages.read(new DataInputStream(socket.getInputStream()));
    }
  }
}
