package dev.argosy.agent.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.agent.grpc.GrpcServer.Method;
import dev.argosy.agent.grpc.GrpcServer.Streaming;
import dev.argosy.agent.grpc.GrpcServer.Unary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class GrpcTest {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final CountDownLatch never = new CountDownLatch(1);
  private final CountDownLatch left = new CountDownLatch(1);

  @TempDir private Path folder;
  private GrpcServer server;
  private GrpcChannel channel;

  @BeforeEach
  void connect() throws IOException {
    server = listen();
    channel = new GrpcChannel(folder.resolve("s"));
  }

  private GrpcServer listen() throws IOException {
    Unary echo = request -> new MessageBuilder().text(1, request.text(1));
    Unary refuse =
        _ -> {
          throw new GrpcFailure(Code.FAILED_PRECONDITION, "not today");
        };
    Streaming count =
        (request, answers) -> {
          for (int i = 1; i <= request.number(1); i++) {
            answers.send(new MessageBuilder().number(1, i));
          }
        };
    Streaming hang =
        (_, answers) -> {
          answers.send(new MessageBuilder());
          try {
            never.await();
          } finally {
            left.countDown();
          }
        };
    Map<String, Method> methods =
        Map.of("Echo", echo, "Refuse", refuse, "Count", count, "Hang", hang);
    return new GrpcServer(folder.resolve("s"), "test.v1.Test", methods);
  }

  @AfterEach
  void disconnect() {
    channel.close();
    server.close();
  }

  private Message call(String method, MessageBuilder request, Duration limit) throws GrpcFailure {
    return channel.call("test.v1.Test/" + method, request, limit);
  }

  private GrpcFailure failing(String method, Duration limit) {
    return catchThrowableOfType(GrpcFailure.class, () -> call(method, new MessageBuilder(), limit));
  }

  @Test
  void aCallIsAnswered() throws GrpcFailure {
    String large = "x".repeat(5 << 20);
    assertThat(call("Echo", new MessageBuilder().text(1, large), LIMIT).text(1)).isEqualTo(large);
  }

  @Test
  void aRefusalKeepsItsCodeAndWords() {
    GrpcFailure failure = failing("Refuse", LIMIT);
    assertThat(failure.code()).isEqualTo(Code.FAILED_PRECONDITION);
    assertThat(failure).hasMessage("not today");
    assertThat(failing("Absent", LIMIT).code()).isEqualTo(Code.UNIMPLEMENTED);
  }

  @Test
  void aCallEndsWithItsTime() {
    assertThat(failing("Hang", Duration.ofMillis(100)).code()).isEqualTo(Code.DEADLINE_EXCEEDED);
  }

  @Test
  void answersComeOneByOne() throws Exception {
    try (GrpcConversation count = channel.open("test.v1.Test/Count", Map.of("trace", "1"))) {
      count.send(new MessageBuilder().number(1, 2));
      count.finish();
      assertThat(count.next()).isNotNull().returns(1L, answer -> answer.number(1));
      assertThat(count.next()).isNotNull().returns(2L, answer -> answer.number(1));
      assertThat(count.next()).isNull();
    }
  }

  @Test
  void aConversationEndsWhenItIsClosed() throws Exception {
    GrpcConversation hang = channel.open("test.v1.Test/Hang", Map.of());
    hang.send(new MessageBuilder());
    hang.finish();
    assertThat(hang.next()).isNotNull();
    Thread.ofVirtual().start(hang::close);
    GrpcFailure failure = catchThrowableOfType(GrpcFailure.class, hang::next);
    assertThat(failure.code()).isEqualTo(Code.CANCELLED);
  }

  @Test
  void aServerThatCameBackIsCalledAtOnce() throws Exception {
    assertThat(call("Echo", new MessageBuilder().text(1, "a"), LIMIT).text(1)).isEqualTo("a");
    server.close();
    assertThat(failing("Echo", LIMIT).code()).isEqualTo(Code.UNAVAILABLE);
    assertThat(failing("Echo", LIMIT).code()).isEqualTo(Code.UNAVAILABLE);
    server = listen();
    assertThat(call("Echo", new MessageBuilder().text(1, "b"), LIMIT).text(1)).isEqualTo("b");
  }

  @Test
  void aServerThatStopsLetsItsCallsGo() throws Exception {
    GrpcConversation hang = channel.open("test.v1.Test/Hang", Map.of());
    hang.send(new MessageBuilder());
    hang.finish();
    assertThat(hang.next()).isNotNull();
    server.close();
    left.await();
    assertThat(catchThrowableOfType(GrpcFailure.class, hang::next)).isNotNull();
  }
}
