package dev.argosy.agent.tunnel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Connects to a server and leaves HTTP for the tunnel's protocol. */
final class TunnelHandshake {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int MAX_HEAD = 16 * 1024;
  private static final String PATH = "/argosy/v1/tunnel";

  private final Supplier<SSLContext> tls;

  TunnelHandshake(Supplier<SSLContext> tls) {
    this.tls = tls;
  }

  /** A connection on which the tunnel's protocol begins. */
  Socket dial(URI server) throws IOException {
    Socket socket = connect(server);
    try {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request(server).getBytes(ISO_8859_1));
      String head = readHead(socket.getInputStream());
      if (!head.startsWith("HTTP/1.1 101 ")) {
        throw new IOException("the server answered " + head.lines().findFirst().orElse("nothing"));
      }
      socket.setSoTimeout(0);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Connected, and where the address says so with TLS agreed on. */
  Socket connect(URI server) throws IOException {
    boolean secure = "https".equals(server.getScheme());
    int port = server.getPort() >= 0 ? server.getPort() : secure ? 443 : 80;
    Socket plain = new Socket();
    try {
      plain.setTcpNoDelay(true);
      plain.connect(new InetSocketAddress(server.getHost(), port), TIMEOUT_MILLIS);
      plain.setSoTimeout(TIMEOUT_MILLIS);
      return secure ? secured(plain, server.getHost(), port) : plain;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private Socket secured(Socket plain, String host, int port) throws IOException {
    SSLSocket socket =
        (SSLSocket) tls.get().getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    parameters.setCipherSuites(quickFirst(parameters.getCipherSuites()));
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  /**
   * ChaCha20 before AES: only the JVM's second compiler, without which agents run, knows the
   * processor's instructions for AES. Who prefers AES as a server still gets it.
   */
  private static String[] quickFirst(String[] suites) {
    return Arrays.stream(suites)
        .sorted(Comparator.comparing(suite -> !suite.contains("CHACHA20")))
        .toArray(String[]::new);
  }

  private static String request(URI server) {
    return "GET "
        + PATH
        + " HTTP/1.1\r\nHost: "
        + server.getAuthority()
        + "\r\nConnection: Upgrade\r\nUpgrade: argosy-tunnel/1\r\n\r\n";
  }

  /** Byte by byte, since what follows the head belongs to the tunnel. */
  private static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0 || head.length() > MAX_HEAD) {
        throw new IOException("the server ended the connection");
      }
      head.append((char) next);
    }
    return head.toString();
  }
}
