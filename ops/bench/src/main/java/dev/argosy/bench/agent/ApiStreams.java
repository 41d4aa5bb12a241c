package dev.argosy.bench.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * The API asked, as {@code kubectl exec} and {@code kubectl logs} do: TLS, a WebSocket for
 * commands.
 */
final class ApiStreams implements Streams {

  private static final int PIECE = 32 * 1024;
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int ERROR = 3;
  private static final int CLOSE = 255;

  private final SSLContext tls;
  private final URI server;
  private final String token;
  private final String pod;
  private final HttpClient http;

  /**
   * @param pod its path
   */
  ApiStreams(SSLContext tls, URI server, String token, String pod) {
    this.tls = tls;
    this.server = server;
    this.token = token;
    this.pod = pod;
    this.http =
        HttpClient.newBuilder().sslContext(tls).version(HttpClient.Version.HTTP_1_1).build();
  }

  @Override
  public long log() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(pod + "/log"))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<InputStream> answer =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      if (answer.statusCode() != 200) {
        throw new IOException("no log: " + new String(body.readAllBytes(), UTF_8));
      }
      return body.transferTo(OutputStream.nullOutputStream());
    }
  }

  @Override
  public void run(List<String> command, byte[] input, OutputStream output) throws Exception {
    String query =
        command.stream()
            .map(word -> "command=" + URLEncoder.encode(word, UTF_8))
            .collect(Collectors.joining("&"));
    String path = pod + "/exec?stdout=true&stderr=true&stdin=" + (input.length > 0) + "&" + query;
    try (Socket socket = tls.getSocketFactory().createSocket(server.getHost(), server.getPort())) {
      socket.setTcpNoDelay(true);
      DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 2 * PIECE));
      DataInputStream in =
          new DataInputStream(new BufferedInputStream(socket.getInputStream(), 2 * PIECE));
      upgrade(path, out, in);
      Thread writer = Thread.ofVirtual().start(() -> send(input, out));
      String outcome = receive(in, output);
      writer.join();
      if (!outcome.contains("\"Success\"")) {
        throw new IllegalStateException(command + " ended by the API with " + outcome);
      }
    }
  }

  private void upgrade(String path, DataOutputStream out, DataInputStream in) throws IOException {
    String request =
        """
        GET %s HTTP/1.1\r
        Host: server\r
        Authorization: Bearer %s\r
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Protocol: v5.channel.k8s.io\r
        \r
        """;
    out.write(request.formatted(path, token).getBytes(UTF_8));
    out.flush();
    String head = EngineStreams.HttpHead.read(in);
    if (!head.startsWith("HTTP/1.1 101")) {
      throw new IOException("the server refuses " + path + ": " + head);
    }
  }

  private static void send(byte[] input, DataOutputStream out) {
    try {
      for (int from = 0; from < input.length; from += PIECE) {
        message(out, STDIN, input, from, Math.min(PIECE, input.length - from));
      }
      if (input.length > 0) {
        message(out, CLOSE, new byte[] {STDIN}, 0, 1);
      }
    } catch (IOException e) {
      // the command did not want it, which its outcome tells
    }
  }

  /** Masked with nothing but zeros. */
  private static void message(DataOutputStream out, int channel, byte[] bytes, int from, int count)
      throws IOException {
    out.writeByte(0x82);
    int length = count + 1;
    if (length < 126) {
      out.writeByte(0x80 | length);
    } else {
      out.writeByte(0x80 | 126);
      out.writeShort(length);
    }
    out.writeInt(0);
    out.writeByte(channel);
    out.write(bytes, from, count);
    out.flush();
  }

  /** Reads to the end; answers the outcome. */
  private static String receive(DataInputStream in, OutputStream output) throws IOException {
    String outcome = "";
    while (true) {
      int opcode = in.readUnsignedByte() & 0x0f;
      int code = in.readUnsignedByte();
      long length = code == 126 ? in.readUnsignedShort() : code == 127 ? in.readLong() : code;
      byte[] payload = new byte[(int) length];
      in.readFully(payload);
      if (opcode == 8) {
        return outcome;
      }
      if (opcode <= 2 && payload.length > 0) {
        if (payload[0] == STDOUT) {
          output.write(payload, 1, payload.length - 1);
        } else if (payload[0] == ERROR) {
          outcome = new String(payload, 1, payload.length - 1, UTF_8);
        }
      }
    }
  }
}
