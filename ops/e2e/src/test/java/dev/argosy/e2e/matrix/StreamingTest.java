package dev.argosy.e2e.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.e2e.Background;
import dev.argosy.e2e.Eventually;
import dev.argosy.e2e.Program;
import dev.argosy.e2e.Space;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Logs, commands, files and ports of a running pod. */
class StreamingTest {

  static final String LOG = "read a log";
  static final String EXEC = "run a command";
  static final String FORWARD = "forward a port";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TestFactory
  Stream<DynamicTest> streaming() {
    return new Part("Streaming")
        .kubectl(LOG, talking(StreamingTest::reads))
        .kubectl("follow a log", talking(StreamingTest::follows))
        .kubectl(EXEC, talking(StreamingTest::executes))
        .kubectl("copy files", talking(StreamingTest::copies))
        .kubectl("carry a large file", talking(LargeFile::travels))
        .kubectl(FORWARD, talking(StreamingTest::forwards))
        .kubectl("attach", StreamingTest::attaches)
        .kubectl("serve the API on a local port", StreamingTest::proxies)
        .kubectlSince(28, "debug beside a container", talking(Debugging::besideAContainer))
        .kubectlSince(28, "debug in a copy of a pod", talking(Debugging::inACopy))
        .kubectlSince(28, "debug on a node", Debugging::onANode)
        .fabric8(LOG, LibraryStreams::reads)
        .fabric8(EXEC, LibraryStreams::executes)
        .fabric8(FORWARD, LibraryStreams::forwards)
        .java(LOG, LibraryStreams::reads)
        .java(EXEC, LibraryStreams::executes)
        .java(FORWARD, LibraryStreams::forwards)
        .script(Script.javascript(), LOG, EXEC, FORWARD)
        .script(Script.python(), LOG, EXEC, FORWARD)
        .tests();
  }

  private static Part.Operation<Space> talking(Part.Operation<Space> body) {
    return space -> {
      space.apply(Text.talkingPod());
      space.run("wait", "pod/talk", "--for=condition=Ready", "--timeout=120s");
      body.run(space);
    };
  }

  private static void reads(Space space) {
    assertThat(space.run("logs", "talk")).isEqualTo("first line\nsecond line\n");
    assertThat(space.run("logs", "talk", "--tail=1")).isEqualTo("second line\n");
    assertThat(space.run("logs", "talk", "--timestamps")).containsPattern("20\\d\\d-.*Z first");
    assertThat(space.run("logs", "talk", "--limit-bytes=5")).isEqualTo("first");
    assertThat(space.run("logs", "-l", "app=talk")).contains("second line");
    assertThat(space.tryRun("logs", "talk", "--previous").err())
        .contains("previous terminated container");
  }

  private static void follows(Space space) {
    try (Background log = Background.kubectl(space, "logs", "-f", "talk")) {
      log.until(SOON, "second line");
      space.run("exec", "talk", "--", "sh", "-c", "echo third line >/proc/1/fd/1");
      log.until(SOON, "third line");
    }
  }

  private static void executes(Space space) {
    assertThat(space.run("exec", "talk", "--", "echo", "said")).isEqualTo("said\n");
    assertThat(space.with("typed", "exec", "-i", "talk", "--", "cat").orFail()).isEqualTo("typed");
    Program.Result failed = space.tryRun("exec", "talk", "--", "sh", "-c", "echo no >&2; exit 7");
    assertThat(failed.exit()).isEqualTo(7);
    assertThat(failed.err()).contains("no\n");
    String big = "0123456789abcdef".repeat(64 * 1024);
    assertThat(space.with(big, "exec", "-i", "talk", "--", "cat").orFail()).isEqualTo(big);
  }

  private static void copies(Space space) throws Exception {
    Path folder = Files.createTempDirectory("e2e-copy");
    Path there = Files.writeString(folder.resolve("there.txt"), "carried\n".repeat(20_000));
    space.run("cp", there.toString(), "talk:/tmp/there.txt");
    Path back = folder.resolve("back.txt");
    space.run("cp", "talk:/tmp/there.txt", back.toString());
    assertThat(back).hasSameTextualContentAs(there);
  }

  private static void forwards(Space space) {
    try (Background forward = Background.kubectl(space, "port-forward", "pod/talk", ":8080")) {
      String port = forward.find(SOON, "Forwarding from 127.0.0.1:(\\d+)");
      for (int i = 0; i < 3; i++) {
        assertThat(page("http://127.0.0.1:" + port + "/")).contains("Argosy demo");
      }
    }
  }

  private static void attaches(Space space) {
    space.apply(
        Text.talkingPod()
            .replace("name: main", "name: main\n    stdin: true")
            .replaceAll(
                "command: .*", "command: [sh, -c, \"while read l; do echo got \\$l; done\"]"));
    space.run("wait", "pod/talk", "--for=condition=Ready", "--timeout=120s");
    try (Background attached = Background.kubectl(space, "attach", "-i", "talk")) {
      Eventually.until(
          SOON,
          () -> {
            attached.type("words\n");
            return attached.said();
          },
          said -> said.contains("got words"));
    }
  }

  private static void proxies(Space space) {
    try (Background proxy = Background.kubectl(space, "proxy", "--port=0")) {
      String port = proxy.find(SOON, "Starting to serve on 127.0.0.1:(\\d+)");
      assertThat(page("http://127.0.0.1:" + port + "/api/v1/namespaces/" + space.name()))
          .contains("\"kind\": \"Namespace\"");
    }
  }

  private static String page(String url) {
    return Eventually.until(
            SOON,
            () ->
                Program.run(
                    List.of("curl", "-s", "--noproxy", "*", "--max-time", "5", url),
                    Map.of(),
                    "",
                    Duration.ofSeconds(20)),
            Program.Result::ok)
        .out();
  }
}
