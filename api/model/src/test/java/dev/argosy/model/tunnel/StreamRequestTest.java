package dev.argosy.model.tunnel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamRequestTest {

  private static final PodRef POD = new PodRef("acme", "default", "web", "u-1");

  static Stream<StreamRequest> requests() {
    LogQuery query =
        new LogQuery(
            true,
            false,
            true,
            Instant.parse("2026-01-02T03:04:05Z"),
            10L,
            null,
            LogQuery.Output.STDERR);
    return Stream.of(
        new StreamRequest.Log(POD, "app", query),
        new StreamRequest.Exec(
            POD, "app", List.of("sh", "-c", "ls"), new StdStreams(true, true, false, true)),
        new StreamRequest.Attach(POD, "app", new StdStreams(false, true, true, false)),
        new StreamRequest.PortForward(POD, 8080),
        new StreamRequest.Proxy(POD, 80),
        new StreamRequest.Drivers("/csi/v1/disk.example.com/CreateVolume"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void comesBackFromItsBytes(StreamRequest request) {
    assertThat(StreamRequest.parse(request.toBytes())).contains(request);
  }

  @Test
  void unknownOperationsAndGarbageAreNotUnderstood() {
    assertThat(StreamRequest.parse("{\"op\":\"fly\"}".getBytes(UTF_8))).isEmpty();
    assertThat(StreamRequest.parse("{".getBytes(UTF_8))).isEmpty();
  }

  @Test
  void logOutputsHaveTheWordsOfTheApi() {
    assertThat(LogQuery.Output.of("Stdout")).contains(LogQuery.Output.STDOUT);
    assertThat(LogQuery.Output.of("All")).contains(LogQuery.Output.ALL);
    assertThat(LogQuery.Output.of("stdout")).isEmpty();
  }
}
