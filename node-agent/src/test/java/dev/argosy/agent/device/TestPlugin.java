package dev.argosy.agent.device;

import dev.argosy.agent.grpc.GrpcChannel;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.GrpcServer;
import dev.argosy.agent.grpc.GrpcServer.Streaming;
import dev.argosy.agent.grpc.GrpcServer.Unary;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** A small device plug-in: its devices are all {@code /dev/null} under other names. */
final class TestPlugin implements AutoCloseable {

  static final String RESOURCE = "example.com/null";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Path folder;
  private final String socket;
  private final boolean more;
  private final GrpcServer server;
  private final BlockingQueue<MessageBuilder> lists = new LinkedBlockingQueue<>();
  final List<List<String>> allocated = new CopyOnWriteArrayList<>();
  final List<List<String>> started = new CopyOnWriteArrayList<>();
  volatile String trouble = "";

  /**
   * @param more whether it wants to be asked which devices to give, and before containers start
   */
  TestPlugin(Path folder, String socket, boolean more) throws IOException {
    this.folder = folder;
    this.socket = socket;
    this.more = more;
    this.server =
        new GrpcServer(
            folder.resolve(socket),
            "v1beta1.DevicePlugin",
            Map.of(
                "GetDevicePluginOptions", (Unary) request -> options(),
                "ListAndWatch", (Streaming) this::list,
                "Allocate", (Unary) this::allocate,
                "GetPreferredAllocation", (Unary) TestPlugin::prefer,
                "PreStartContainer", (Unary) this::start));
  }

  private MessageBuilder options() {
    return new MessageBuilder().flag(1, more).flag(2, more);
  }

  private void list(Message request, GrpcServer.Answers answers) throws InterruptedException {
    while (answers.send(lists.take())) {
      // until the agent is gone
    }
  }

  private MessageBuilder allocate(Message request) throws GrpcFailure {
    if (!trouble.isEmpty()) {
      throw new GrpcFailure(GrpcFailure.Code.INTERNAL, trouble);
    }
    MessageBuilder answer = new MessageBuilder();
    for (Message container : request.messages(1)) {
      List<String> ids = container.texts(1);
      allocated.add(ids);
      MessageBuilder one =
          new MessageBuilder()
              .map(1, Map.of("NULLS", String.join(",", ids)))
              .message(2, new MessageBuilder().text(1, "/etc/nulls").text(2, "/etc").flag(3, true))
              .map(4, Map.of("example.com/nulls", "yes"))
              .message(5, new MessageBuilder().text(1, "example.com/null=all"));
      for (String id : ids) {
        one.message(
            3, new MessageBuilder().text(1, "/dev/" + id).text(2, "/dev/null").text(3, "rw"));
      }
      answer.message(1, one);
    }
    return answer;
  }

  /** The last ones. */
  private static MessageBuilder prefer(Message request) {
    MessageBuilder answer = new MessageBuilder();
    for (Message container : request.messages(1)) {
      List<String> available = new ArrayList<>(container.texts(1));
      int size = (int) container.number(3);
      List<String> last = available.subList(available.size() - size, available.size());
      answer.message(1, new MessageBuilder().texts(1, last));
    }
    return answer;
  }

  private MessageBuilder start(Message request) {
    started.add(request.texts(1));
    return new MessageBuilder();
  }

  /** Says which devices there are; those that begin with ! are ill. */
  void offer(String... ids) {
    MessageBuilder answer = new MessageBuilder();
    for (String id : ids) {
      boolean ill = id.startsWith("!");
      answer.message(
          1,
          new MessageBuilder()
              .text(1, ill ? id.substring(1) : id)
              .text(2, ill ? "Unhealthy" : "Healthy")
              .message(3, new MessageBuilder().message(1, new MessageBuilder().number(1, 1))));
    }
    lists.add(answer);
  }

  void register() throws GrpcFailure {
    register("v1beta1", RESOURCE);
  }

  void register(String version, String resource) throws GrpcFailure {
    try (GrpcChannel agent = new GrpcChannel(folder.resolve("kubelet.sock"))) {
      agent.call(
          "v1beta1.Registration/Register",
          new MessageBuilder()
              .text(1, version)
              .text(2, socket)
              .text(3, resource)
              .message(4, options()),
          LIMIT);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
