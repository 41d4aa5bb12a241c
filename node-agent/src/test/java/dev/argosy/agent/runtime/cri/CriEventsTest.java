package dev.argosy.agent.runtime.cri;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.agent.grpc.GrpcServer;
import dev.argosy.agent.grpc.GrpcServer.Streaming;
import dev.argosy.agent.grpc.GrpcServer.Unary;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeChange;
import dev.argosy.agent.runtime.spi.RuntimeListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A runtime that has events, played: containerd 1.6 has none. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CriEventsTest {

  private final LinkedBlockingQueue<MessageBuilder> events = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @TempDir private Path folder;

  private GrpcServer runtime() throws IOException {
    Unary nothing = _ -> new MessageBuilder();
    Streaming telling =
        (_, answers) -> {
          while (answers.send(events.take())) {
            // the next one
          }
        };
    return new GrpcServer(
        folder.resolve("s"),
        "runtime.v1.RuntimeService",
        Map.of(
            "ListPodSandbox", nothing, "ListContainers", nothing, "GetContainerEvents", telling));
  }

  private final RuntimeListener listener =
      new RuntimeListener() {
        @Override
        public void changed(RuntimeChange change) {
          heard.add(change.id() + change.labels());
        }

        @Override
        public void missedSome() {
          heard.add("missed some");
        }
      };

  private static MessageBuilder event(String id, long type, String agent) {
    Map<String, String> labels = new CriMarks(agent).with(Map.of("pod", "a"));
    return new MessageBuilder()
        .text(1, id)
        .number(2, type)
        .message(4, new MessageBuilder().map(7, labels));
  }

  @Test
  void startsAndEndsOfThisAgentAreTold() throws Exception {
    try (GrpcServer server = runtime();
        CriRuntime runtime = CriRuntime.connect("unix://" + folder.resolve("s"), "n1", folder);
        ContainerRuntime.Subscription subscription = runtime.onChange(listener)) {
      assertThat(server).isNotNull();
      assertThat(subscription).isNotNull();
      assertThat(heard.take()).isEqualTo("missed some");
      events.add(event("c1", 0, "n1"));
      events.add(event("c2", 1, "another"));
      events.add(event("c3", 1, "n1"));
      events.add(event("c4", 2, "n1"));
      assertThat(heard.take()).isEqualTo("c3{pod=a}");
      assertThat(heard.take()).isEqualTo("c4{pod=a}");
    }
  }

  @Test
  void aRuntimeThatCameBackIsListenedToAgain() throws Exception {
    try (CriRuntime runtime = CriRuntime.connect("unix://" + folder.resolve("s"), "n1", folder);
        ContainerRuntime.Subscription subscription = runtime.onChange(listener)) {
      assertThat(subscription).isNotNull();
      try (GrpcServer server = runtime()) {
        assertThat(server).isNotNull();
        assertThat(heard.take()).isEqualTo("missed some");
        events.add(event("c1", 1, "n1"));
        assertThat(heard.take()).isEqualTo("c1{pod=a}");
      }
      try (GrpcServer server = runtime()) {
        assertThat(server).isNotNull();
        events.add(event("c2", 1, "n1"));
        assertThat(Stream.generate(this::heard).filter(h -> !h.equals("missed some")).findFirst())
            .contains("c2{pod=a}");
      }
    }
  }

  private String heard() {
    try {
      return heard.take();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
