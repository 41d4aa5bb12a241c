package dev.argosy.agent.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.csi.Drivers;
import dev.argosy.agent.csi.door.ControllerDoor;
import dev.argosy.agent.tunnel.TunnelDialer;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.tunnel.ChannelMessage;
import dev.argosy.model.tunnel.LogQuery;
import dev.argosy.model.tunnel.PodRef;
import dev.argosy.model.tunnel.StdStreams;
import dev.argosy.model.tunnel.StreamAcceptor;
import dev.argosy.model.tunnel.StreamReply;
import dev.argosy.model.tunnel.StreamRequest;
import dev.argosy.model.tunnel.TunnelSession;
import dev.argosy.model.tunnel.TunnelSettings;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.model.tunnel.TunnelTransport;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests of a played API server through a real dialer and tunnel. */
@Timeout(60)
class PodStreamsTest {

  private static final PodRef POD = new PodRef("acme", "default", "web", PlayedRuntime.UID);
  private static final StdStreams ALL = new StdStreams(true, true, true, false);

  private final PlayedRuntime runtime = new PlayedRuntime();
  @TempDir private Path folder;
  private ServerSocket server;
  private TunnelDialer dialer;
  private TunnelSession session;

  @BeforeEach
  void start() throws Exception {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    dialer =
        new TunnelDialer(
            List.of(URI.create("http://127.0.0.1:" + server.getLocalPort())),
            PodStreamsTest::noTls,
            new PodStreams(
                runtime,
                path ->
                    path.equals("/metrics")
                        ? Optional.of("up 1\n".getBytes(UTF_8))
                        : Optional.empty(),
                new Checkpoints(runtime, folder, Clock.systemUTC()),
                new ControllerDoor(new Drivers(() -> {}))),
            TunnelSettings.DEFAULT,
            new Random(1));
    dialer.start();
    session = accept("HTTP/1.1 101 Switching Protocols\r\n\r\n");
  }

  @AfterEach
  void stop() throws Exception {
    dialer.close();
    session.close();
    server.close();
  }

  @Test
  void dialerComesBackAfterRefusalsAndLosses() throws Exception {
    session.close();
    try (Socket refused = server.accept()) {
      readHead(refused);
      refused.getOutputStream().write("HTTP/1.1 403 Forbidden\r\n\r\n".getBytes(UTF_8));
    }
    session = accept("HTTP/1.1 101 Switching Protocols\r\n\r\n");
    assertThat(open(new StreamRequest.Log(POD, "app", LogQuery.ALL)).reply())
        .isEqualTo(new StreamReply.Accepted());
  }

  @Test
  void logsAreOfTheNewestOrThePreviousContainer() throws Exception {
    assertThat(all(new StreamRequest.Log(POD, "app", LogQuery.ALL))).isEqualTo("log of app-1\n");
    LogQuery previous = new LogQuery(true, true, true, null, 3L, 6L, LogQuery.Output.STDERR);
    assertThat(all(new StreamRequest.Log(POD, "app", previous))).isEqualTo("log of");
    assertThat(runtime.logs.getLast().tailLines()).isEqualTo(3);
    assertThat(runtime.logs.getLast().stdout()).isFalse();
    assertThat(all(new StreamRequest.Log(POD, "job", LogQuery.ALL))).isEqualTo("log of job-0\n");
  }

  @Test
  void pagesAreShownAndOthersAreNotThere() throws Exception {
    assertThat(all(new StreamRequest.Page("/metrics"))).isEqualTo("up 1\n");
    assertThat(open(new StreamRequest.Page("/exec")).reply())
        .isInstanceOfSatisfying(
            StreamReply.Refused.class,
            refused -> assertThat(refused.status().reason()).isEqualTo(Reason.NOT_FOUND));
  }

  @Test
  void aCheckpointIsAnArchiveOnTheNode() throws Exception {
    runtime.checkpoints = "can";
    String answer = all(new StreamRequest.Checkpoint(POD, "app"));
    assertThat(answer)
        .matches("\\{\"items\":\\[\".*/acme/checkpoint-web_default-app-20\\d\\d-\\S*Z\\.tar\"]}");
    Path archive = Path.of(answer.substring(11, answer.length() - 3));
    assertThat(archive).hasContent("app-1");
  }

  @Test
  void aRuntimeThatCannotCheckpointSaysSo() throws Exception {
    Status cannot = refusal(new StreamRequest.Checkpoint(POD, "app"));
    assertThat(cannot.code()).isEqualTo(500);
    assertThat(cannot.message())
        .isEqualTo(
            "checkpointing of default/web/app failed (this runtime cannot checkpoint containers)");
    Status unknown = refusal(new StreamRequest.Checkpoint(POD, "other"));
    assertThat(unknown.code()).isEqualTo(404);
    assertThat(unknown.message()).isEqualTo("container other does not exist");
    assertThat(refusal(new StreamRequest.Checkpoint(POD, "job")).code()).isEqualTo(404);
    assertThat(folder.resolve("acme")).isEmptyDirectory();
  }

  private Status refusal(StreamRequest request) throws IOException {
    return ((StreamReply.Refused) open(request).reply()).status();
  }

  @Test
  void logsOutliveThePod() throws Exception {
    runtime.sandboxRemoved = true;
    assertThat(all(new StreamRequest.Log(POD, "job", LogQuery.ALL))).isEqualTo("log of job-0\n");
    StreamReply forward = open(new StreamRequest.PortForward(POD, 80)).reply();
    assertThat(forward).isInstanceOf(StreamReply.Refused.class);
  }

  @Test
  void commandsGetInputAndGiveBothOutputsAndTheCode() throws Exception {
    List<String> command = List.of("sh", "-c", "cat; echo oops >&2; exit 3");
    Opened opened = open(new StreamRequest.Exec(POD, "app", command, ALL));
    send(opened, ChannelMessage.RESIZE, "{\"Width\":80,\"He");
    send(opened, ChannelMessage.RESIZE, "ight\":24}\n{\"Width\":0}");
    send(opened, ChannelMessage.STDIN, "hello");
    ChannelMessage.closing(ChannelMessage.STDIN).writeTo(opened.stream().output());
    List<String> said = messages(opened.stream());
    assertThat(said).contains("1:hello", "2:oops\n").hasSize(3);
    assertThat(said.getLast())
        .startsWith("3:{")
        .contains("\"reason\":\"NonZeroExitCode\"", "\"ExitCode\",\"message\":\"3\"");
    assertThat(runtime.sizes).containsExactly("80x24");
  }

  @Test
  void theExitCodeComesThoughNobodyReadsTheInput() throws Exception {
    List<String> command = List.of("sh", "-c", "exec <&-; echo done; exit 4");
    Opened opened = open(new StreamRequest.Exec(POD, "app", command, ALL));
    Thread.ofVirtual()
        .start(() -> {
          try {
            for (int i = 0; i < 100; i++) {
              send(opened, ChannelMessage.STDIN, "x".repeat(60_000));
            }
          } catch (IOException e) {
            // the agent has given the stream up
          }
        });
    List<String> said = messages(opened.stream());
    assertThat(said).hasSize(2).first().isEqualTo("1:done\n");
    assertThat(said.getLast()).contains("\"ExitCode\",\"message\":\"4\"");
  }

  @Test
  void clientThatLeavesClosesTheProcess() throws Exception {
    Opened opened = open(new StreamRequest.Attach(POD, "app", ALL));
    send(opened, ChannelMessage.STDIN, "hello");
    DataInputStream in = new DataInputStream(opened.stream().input());
    assertThat(ChannelMessage.readFrom(in).orElseThrow().payload())
        .asString(UTF_8)
        .isEqualTo("hello");
    opened.stream().close();
    assertThat(all(new StreamRequest.Log(POD, "app", LogQuery.ALL))).isNotEmpty();
  }

  @Test
  void portsOfThePodsLoopbackAreReached() throws Exception {
    try (ServerSocket app = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> echoOnce(app));
      Opened opened = open(new StreamRequest.PortForward(POD, app.getLocalPort()));
      opened.stream().output().write("ping".getBytes(UTF_8));
      opened.stream().output().close();
      assertThat(opened.stream().input().readAllBytes()).asString(UTF_8).isEqualTo("ping");
    }
  }

  @Test
  void whatAPodSaysAfterTheEndOfItsInputArrives() throws Exception {
    try (ServerSocket app = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> countOnce(app));
      Opened opened = open(new StreamRequest.PortForward(POD, app.getLocalPort()));
      opened.stream().output().write("three".getBytes(UTF_8));
      opened.stream().output().close();
      assertThat(opened.stream().input().readAllBytes()).asString(UTF_8).isEqualTo("5");
    }
  }

  private static void countOnce(ServerSocket app) {
    try (Socket socket = app.accept()) {
      int count = socket.getInputStream().readAllBytes().length;
      socket.getOutputStream().write(Integer.toString(count).getBytes(UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whatIsNotThereIsRefusedWithAStatus() throws Exception {
    refuses(new StreamRequest.Log(POD, "nope", LogQuery.ALL), Reason.NOT_FOUND, "nope");
    PodRef other = new PodRef("globex", "default", "web", PlayedRuntime.UID);
    refuses(new StreamRequest.Log(other, "app", LogQuery.ALL), Reason.NOT_FOUND, "pod web");
    PodRef successor = new PodRef("acme", "default", "web", "uid-2");
    refuses(new StreamRequest.Log(successor, "app", LogQuery.ALL), Reason.NOT_FOUND, "pod web");
    refuses(
        new StreamRequest.Exec(POD, "job", List.of("true"), ALL),
        Reason.NOT_FOUND,
        "container not found (\"job\")");
    refuses(
        new StreamRequest.Exec(POD, "app", List.of("/nope"), ALL),
        Reason.INTERNAL_ERROR,
        "cannot start");
    refuses(new StreamRequest.PortForward(POD, 1), Reason.SERVICE_UNAVAILABLE, "refused");
    TunnelStream unknown = session.open("{\"op\":\"fly\"}".getBytes(UTF_8));
    assertThat(StreamReply.readFrom(unknown)).isInstanceOf(StreamReply.Refused.class);
  }

  private void refuses(StreamRequest request, Reason reason, String message) throws IOException {
    StreamReply reply = open(request).reply();
    assertThat(reply).isInstanceOf(StreamReply.Refused.class);
    if (reply instanceof StreamReply.Refused(Status status)) {
      assertThat(status.reason()).isEqualTo(reason);
      assertThat(status.message()).contains(message);
    }
  }

  /** A stream behind its reply. */
  private record Opened(TunnelStream stream, StreamReply reply) {}

  private Opened open(StreamRequest request) throws IOException {
    TunnelStream stream = session.open(request.toBytes());
    return new Opened(stream, StreamReply.readFrom(stream));
  }

  private String all(StreamRequest request) throws IOException {
    return new String(open(request).stream().input().readAllBytes(), UTF_8);
  }

  private static void send(Opened opened, int channel, String text) throws IOException {
    new ChannelMessage(channel, text.getBytes(UTF_8)).writeTo(opened.stream().output());
  }

  private static List<String> messages(TunnelStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream.input());
    List<String> said = new ArrayList<>();
    Optional<ChannelMessage> message = ChannelMessage.readFrom(in);
    while (message.isPresent()) {
      said.add(message.get().channel() + ":" + new String(message.get().payload(), UTF_8));
      message = ChannelMessage.readFrom(in);
    }
    return said;
  }

  private TunnelSession accept(String answer) throws IOException {
    Socket socket = server.accept();
    assertThat(readHead(socket)).startsWith("GET /argosy/v1/tunnel").contains("argosy-tunnel/1");
    socket.getOutputStream().write(answer.getBytes(UTF_8));
    return TunnelSession.start(
        TunnelTransport.of(socket),
        TunnelSession.Role.LISTENER,
        TunnelSettings.DEFAULT,
        StreamAcceptor.NONE);
  }

  private static String readHead(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    return head.toString();
  }

  private static void echoOnce(ServerSocket app) {
    try (Socket socket = app.accept()) {
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static SSLContext noTls() {
    throw new AssertionError("no TLS is used here");
  }
}
