package dev.argosy.agent.device;

import dev.argosy.agent.grpc.GrpcChannel;
import dev.argosy.agent.grpc.GrpcConversation;
import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Calls of one plug-in's {@code v1beta1.DevicePlugin}. Any thread. */
final class PluginCalls implements AutoCloseable {

  private static final String SERVICE = "v1beta1.DevicePlugin/";

  /** Kubelet waits for ever for some of these; here a plug-in that hangs fails its pod alone. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final GrpcChannel channel;

  PluginCalls(Path socket) {
    this.channel = new GrpcChannel(socket);
  }

  PluginOptions options() throws GrpcFailure {
    return PluginOptions.of(
        channel.call(SERVICE + "GetDevicePluginOptions", new MessageBuilder(), LIMIT));
  }

  /** Hears of all devices, and again when something about them has changed, until it ends. */
  void listAndWatch(Consumer<List<Device>> listener, Consumer<AutoCloseable> begun)
      throws GrpcFailure, InterruptedException {
    try (GrpcConversation call = channel.open(SERVICE + "ListAndWatch", Map.of())) {
      begun.accept(call);
      call.send(new MessageBuilder());
      call.finish();
      for (Message one = call.next(); one != null; one = call.next()) {
        listener.accept(devices(one));
      }
    }
  }

  private static List<Device> devices(Message answer) {
    List<Device> devices = new ArrayList<>();
    for (Message one : answer.messages(1)) {
      Set<Integer> nodes = new HashSet<>();
      one.message(3).messages(1).forEach(node -> nodes.add(Math.toIntExact(node.number(1))));
      devices.add(new Device(one.text(1), one.text(2).equals("Healthy"), nodes));
    }
    return devices;
  }

  Grant allocate(Collection<String> ids) throws DeviceFailure {
    MessageBuilder request = new MessageBuilder().message(1, new MessageBuilder().texts(1, ids));
    List<Message> answers = call("Allocate", request).messages(1);
    if (answers.size() != 1) {
      throw new DeviceFailure(
          "the device plug-in answered Allocate for one container with " + answers.size());
    }
    return Grant.of(answers.getFirst());
  }

  List<String> preferred(Collection<String> available, Collection<String> must, int size)
      throws DeviceFailure {
    MessageBuilder container =
        new MessageBuilder().texts(1, available).texts(2, must).number(3, size);
    Message answer = call("GetPreferredAllocation", new MessageBuilder().message(1, container));
    return answer.messages(1).stream().flatMap(m -> m.texts(1).stream()).toList();
  }

  void preStart(Collection<String> ids) throws DeviceFailure {
    call("PreStartContainer", new MessageBuilder().texts(1, ids));
  }

  private Message call(String method, MessageBuilder request) throws DeviceFailure {
    try {
      return channel.call(SERVICE + method, request, LIMIT);
    } catch (GrpcFailure e) {
      throw new DeviceFailure(
          "rpc error: code = %s desc = %s".formatted(goName(e.code()), e.getMessage()));
    }
  }

  /** As Go's library writes it: {@code DeadlineExceeded}. */
  private static String goName(GrpcFailure.Code code) {
    StringBuilder name = new StringBuilder();
    for (String word : code.name().split("_")) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }

  @Override
  public void close() {
    channel.close();
  }
}
