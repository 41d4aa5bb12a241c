package dev.argosy.bench.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.bench.Unavailable;
import dev.argosy.model.object.Json;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The engine asked directly, as {@code docker exec} and {@code docker logs} do. */
record EngineStreams(UnixDomainSocketAddress engine, String container) implements Streams {

  private static final int BUFFER = 64 * 1024;
  private static final int STDOUT = 1;

  /**
   * Of the only container of an agent.
   *
   * @param host {@code unix://…}
   */
  static EngineStreams of(String host, String agent) throws IOException, Unavailable {
    if (!host.startsWith("unix://")) {
      throw new Unavailable("DOCKER_HOST must be a socket of this machine (unix://…), not " + host);
    }
    EngineStreams engine =
        new EngineStreams(UnixDomainSocketAddress.of(URI.create(host).getPath()), "");
    JsonNode found = engine.list(agent, "\"argosy.dev/role=container\"");
    return new EngineStreams(engine.engine, found.path(0).path("Id").asString(""));
  }

  /** Whether the engine has nothing of an agent any more. */
  boolean clearedOf(String agent) throws IOException {
    return list(agent, "\"argosy.dev/agent\"").isEmpty();
  }

  private JsonNode list(String agent, String label) throws IOException {
    String labels = "{\"label\":[\"argosy.dev/agent=%s\",%s]}".formatted(agent, label);
    return ask("GET", "/containers/json?all=1&filters=" + URLEncoder.encode(labels, UTF_8), "");
  }

  @Override
  public long log() throws IOException {
    String path = "/containers/" + container + "/logs?stdout=1&stderr=1&follow=0";
    try (Connection log = new Connection(engine, "GET", path, "")) {
      return log.frames(OutputStream.nullOutputStream());
    }
  }

  @Override
  public void run(List<String> command, byte[] input, OutputStream output) throws Exception {
    ObjectNode wanted = Json.object();
    wanted.put("AttachStdin", input.length > 0).put("AttachStdout", true).put("AttachStderr", true);
    command.forEach(wanted.putArray("Cmd")::add);
    String exec =
        ask("POST", "/containers/" + container + "/exec", wanted.toString())
            .path("Id")
            .asString("");
    String start = "/exec/" + exec + "/start";
    try (Connection process =
        new Connection(engine, "POST", start, "{\"Detach\":false,\"Tty\":false}")) {
      Thread writer = Thread.ofVirtual().start(() -> process.send(input));
      process.frames(output);
      writer.join();
    }
    int code = ask("GET", "/exec/" + exec + "/json", "").path("ExitCode").asInt(-1);
    if (code != 0) {
      throw new IllegalStateException(command + " ended with " + code + " by the engine");
    }
  }

  private JsonNode ask(String method, String path, String body) throws IOException {
    try (Connection answer = new Connection(engine, method, path, body)) {
      return Json.mapper().readTree(answer.in.readAllBytes());
    }
  }

  /** One request whose answer is the rest of the connection. */
  private static final class Connection implements AutoCloseable {
    private final SocketChannel channel;
    private final DataInputStream in;

    Connection(UnixDomainSocketAddress engine, String method, String path, String body)
        throws IOException {
      channel = SocketChannel.open(engine);
      String head =
          "%s %s HTTP/1.0\r\nHost: docker\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
              .formatted(method, path, body.getBytes(UTF_8).length);
      boolean upgrade = path.endsWith("/start");
      String way = upgrade ? "Connection: Upgrade\r\nUpgrade: tcp\r\n" : "";
      String request =
          (upgrade ? head.replace("HTTP/1.0", "HTTP/1.1") : head) + way + "\r\n" + body;
      OutputStream out = Channels.newOutputStream(channel);
      out.write(request.getBytes(UTF_8));
      in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), BUFFER));
      String answer = HttpHead.read(in);
      if (!answer.matches("HTTP/1\\.[01] (101|20\\d) [\\s\\S]*")) {
        throw new IOException("the engine refuses " + path + ": " + answer);
      }
    }

    void send(byte[] input) {
      try {
        OutputStream out = Channels.newOutputStream(channel);
        out.write(input);
        channel.shutdownOutput();
      } catch (IOException e) {
        // the command did not want it, which its exit code tells
      }
    }

    /** Reads to the end: each piece behind its source and its length. */
    long frames(OutputStream output) throws IOException {
      byte[] buffer = new byte[BUFFER];
      long count = 0;
      try {
        while (true) {
          int source = in.readInt() >>> 24;
          for (int left = in.readInt(); left > 0; ) {
            int read = in.read(buffer, 0, Math.min(left, buffer.length));
            if (read < 0) {
              throw new EOFException();
            }
            if (source == STDOUT) {
              output.write(buffer, 0, read);
            }
            left -= read;
            count += read;
          }
        }
      } catch (EOFException end) {
        return count;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /** The head of an answer. */
  static final class HttpHead {
    private HttpHead() {}

    static String read(InputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("ended after: " + head);
        }
        head.append((char) next);
      }
      return head.toString();
    }
  }
}
