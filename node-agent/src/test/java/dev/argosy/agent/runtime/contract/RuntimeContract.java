package dev.argosy.agent.runtime.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.pod.config.FileModes;
import dev.argosy.agent.runtime.pause.PauseImage;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.ContainerSpec.Limits;
import dev.argosy.agent.runtime.spi.ContainerSpec.Privileges;
import dev.argosy.agent.runtime.spi.ContainerSpec.Terminal;
import dev.argosy.agent.runtime.spi.ContainerStreams.AttachRequest;
import dev.argosy.agent.runtime.spi.ContainerStreams.ExecRequest;
import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.ProcessStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import dev.argosy.agent.runtime.tar.TarFile;
import dev.argosy.agent.volume.mount.MountTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Subclasses give the runtime, an image, and the command lines that do what a test needs. */
@Timeout(value = 40, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class RuntimeContract {

  /** What a process shall do. */
  protected sealed interface Task {
    record Wait() implements Task {}

    record Print(String out, String err, int code) implements Task {}

    record Copy() implements Task {}

    /** Ends well if there is such a device, to which it writes. */
    record Use(String device) implements Task {}
  }

  private ContainerRuntime runtime;
  private int made;

  protected abstract ContainerRuntime runtime();

  protected abstract String image();

  protected abstract List<String> command(Task task);

  /** Distinguishes names of runs that share an engine. */
  protected abstract String prefix();

  @BeforeEach
  void prepare() throws RuntimeFailure {
    runtime = runtime();
    PauseImage.ensure(runtime.images(), "amd64");
  }

  @AfterEach
  void removeEverything() throws RuntimeFailure {
    for (Container container : runtime.containers(Map.of())) {
      runtime.removeContainer(container.id());
    }
    for (Sandbox sandbox : runtime.sandboxes(Map.of())) {
      runtime.removeSandbox(sandbox.id());
    }
    runtime.close();
  }

  private String sandbox(Map<String, String> labels) throws RuntimeFailure {
    return runtime.startSandbox(
        new SandboxSpec(
            prefix() + "sandbox-" + ++made,
            labels,
            PauseImage.NAME,
            PauseImage.COMMAND,
            "web",
            false,
            false,
            false,
            Map.of(),
            ""));
  }

  private ContainerSpec spec(Task task, Terminal terminal) {
    return new ContainerSpec(
        prefix() + "container-" + ++made,
        Map.of("pod", "a"),
        image(),
        command(task),
        List.of(),
        List.of("GREETING=hello"),
        "",
        List.of(),
        Limits.NONE,
        Privileges.DEFAULT,
        terminal,
        new ContainerSpec.Processes.Own());
  }

  /** Makes and starts a container that does this. */
  protected final String started(Task task) throws RuntimeFailure {
    String id = runtime.createContainer(sandbox(Map.of()), spec(task, Terminal.NONE));
    runtime.startContainer(id);
    return id;
  }

  /** On a real engine: a debugger beside a container lives in its process namespace. */
  protected final void checkDebuggerSeesItsTarget() throws Exception {
    String sandbox = sandbox(Map.of());
    String target = runtime.createContainer(sandbox, spec(new Task.Wait(), Terminal.NONE));
    runtime.startContainer(target);
    ContainerSpec beside = spec(new Task.Wait(), Terminal.NONE);
    String debugger =
        runtime.createContainer(
            sandbox, beside.with(new ContainerSpec.Processes.OfContainer(target)));
    runtime.startContainer(debugger);
    String other = runtime.createContainer(sandbox, spec(new Task.Wait(), Terminal.NONE));
    runtime.startContainer(other);
    assertThat(processes(debugger)).isEqualTo(processes(target)).isNotEqualTo(processes(other));
  }

  private Path processes(String id) throws RuntimeFailure, IOException {
    int pid = ((Container.Running) runtime.container(id).orElseThrow().state()).pid();
    return Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/pid"));
  }

  protected final Container.Exited awaitExited(String id) {
    return Eventually.get(() ->
        runtime
            .container(id)
            .map(Container::state)
            .filter(Container.Exited.class::isInstance)
            .map(Container.Exited.class::cast));
  }

  @Test
  void aSandboxRunsAndIsFoundByItsLabels() throws RuntimeFailure {
    String id = sandbox(Map.of("pod", "a", "app", "x"));
    sandbox(Map.of("pod", "b"));

    assertThat(runtime.sandboxes(Map.of("pod", "a")))
        .singleElement()
        .satisfies(s -> assertThat(s.id()).isEqualTo(id))
        .satisfies(s -> assertThat(s.labels()).isEqualTo(Map.of("pod", "a", "app", "x")))
        .satisfies(s -> assertThat(s.running()).isTrue())
        .satisfies(s -> assertThat(s.netns()).contains("/proc/" + s.pid() + "/ns/net"));
    assertThat(runtime.containers(Map.of())).isEmpty();
  }

  @Test
  void aStoppedSandboxIsStillThereUntilItIsRemoved() throws RuntimeFailure {
    String id = sandbox(Map.of());
    runtime.stopSandbox(id);
    assertThat(runtime.sandboxes(Map.of())).singleElement().returns(false, Sandbox::running);
    runtime.removeSandbox(id);
    runtime.removeSandbox(id);
    assertThat(runtime.sandboxes(Map.of())).isEmpty();
  }

  @Test
  void aContainerIsCreatedThenRunsThenEnds() throws RuntimeFailure {
    String sandbox = sandbox(Map.of());
    ContainerSpec spec = spec(new Task.Wait(), Terminal.NONE);
    String id = runtime.createContainer(sandbox, spec);
    Container created = runtime.container(id).orElseThrow();
    assertThat(created.state()).isInstanceOf(Container.Created.class);
    assertThat(created.name()).isEqualTo(spec.name());
    assertThat(created.labels()).isEqualTo(Map.of("pod", "a"));
    assertThat(created.imageId()).startsWith("sha256:");

    runtime.startContainer(id);
    assertThat(runtime.container(id).orElseThrow().state()).isInstanceOf(Container.Running.class);

    runtime.stopContainer(id, Duration.ofSeconds(1));
    assertThat(runtime.containers(Map.of("pod", "a")))
        .singleElement()
        .extracting(Container::state)
        .isInstanceOf(Container.Exited.class);
  }

  @Test
  void anExitCodeIsKept() throws RuntimeFailure {
    Container.Exited exited = awaitExited(started(new Task.Print("", "", 3)));
    assertThat(exited.exitCode()).isEqualTo(3);
    assertThat(exited.oomKilled()).isFalse();
    assertThat(exited.finishedAt()).isAfterOrEqualTo(exited.startedAt());
  }

  @Test
  void goneContainersMayBeStoppedAndRemovedAgain() throws RuntimeFailure {
    String id = started(new Task.Wait());
    runtime.removeContainer(id);
    runtime.removeContainer(id);
    runtime.stopContainer(id, Duration.ofSeconds(1));
    assertThat(runtime.container(id)).isEmpty();
  }

  @Test
  void aNameCanBeUsedOnce() throws RuntimeFailure {
    String sandbox = sandbox(Map.of());
    ContainerSpec spec = spec(new Task.Wait(), Terminal.NONE);
    runtime.createContainer(sandbox, spec);
    RuntimeFailure failure =
        catchThrowableOfType(RuntimeFailure.class, () -> runtime.createContainer(sandbox, spec));
    assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
  }

  @Test
  void aDeviceOfTheMachineIsSeenInTheContainer() throws RuntimeFailure {
    String place = "/dev/argosy-null";
    ContainerSpec without = spec(new Task.Use(place), Terminal.NONE);
    ContainerSpec with =
        without.with(
            without.labels(),
            without.env(),
            without.mounts(),
            new ContainerSpec.Extras(
                List.of(new ContainerSpec.Extras.Device("/dev/null", place, "rw")),
                Map.of("example.com/note", "x"),
                List.of()));
    String id = runtime.createContainer(sandbox(Map.of()), with);
    runtime.startContainer(id);
    assertThat(awaitExited(id).exitCode()).isZero();
    assertThat(awaitExited(started(new Task.Use(place))).exitCode()).isNotZero();
  }

  @Test
  void aMissingImageIsNotFound() throws RuntimeFailure {
    assertThat(runtime.images().find(prefix() + "no/such:image")).isEmpty();
    assertThat(runtime.images().find(image())).isPresent();
  }

  @Test
  void whatAnImageHoldsIsUnpackedThoughItNeverRan(@TempDir Path folder) throws Exception {
    byte[] root =
        new TarFile()
            .folder("data")
            .file("data/model", 0640, "m".getBytes(UTF_8))
            .link("latest", "data")
            .bytes();
    String name = prefix() + "data:1";
    String id = runtime.images().load(name, new ByteArrayInputStream(root)).id();
    try {
      for (String time : List.of("first", "second")) {
        Path unpacked = Files.createDirectories(folder.resolve(time).resolve("image"));
        runtime.images().unpack(id, unpacked);
        assertThat(unpacked.resolve("latest/model")).hasContent("m");
        assertThat(FileModes.of(unpacked.resolve("data/model"))).isEqualTo(0640);
        assertThat(Files.readSymbolicLink(unpacked.resolve("latest"))).hasToString("data");
        assertThat(unpacked.toFile().list()).containsExactlyInAnyOrder("data", "latest");
        assertThat(folder.resolve(time).toFile().list()).containsExactly("image");
      }
      assertThat(MountTable.read().below(folder)).isEmpty();
    } finally {
      runtime.images().remove(name);
    }
  }

  @Test
  void anImageThatIsNotThereIsNotUnpacked(@TempDir Path folder) {
    String id = "sha256:" + "0".repeat(64);
    RuntimeFailure failure =
        catchThrowableOfType(RuntimeFailure.class, () -> runtime.images().unpack(id, folder));
    assertThat(failure.kind()).isIn(Kind.NOT_FOUND, Kind.REFUSED);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aRunningContainerGetsOtherLimitsAndGoesOn() throws Exception {
    String id = started(new Task.Wait());
    Container.State before = runtime.container(id).orElseThrow().state();
    assertThat(before).isInstanceOf(Container.Running.class);
    Limits narrow = new Limits(51, 10_000, 64L << 20, 0);
    for (Limits limits :
        List.of(narrow, new Limits(102, 20_000, 96L << 20, 0), new Limits(2, 1000, 48L << 20, 0))) {
      runtime.limitContainer(id, limits);
      assertThat(runtime.container(id).orElseThrow().limits()).isEqualTo(limits);
      assertThat(runtime.containers(Map.of("pod", "a")))
          .extracting(Container::limits)
          .containsExactly(limits);
    }
    runtime.limitContainer(id, new Limits(2, 0, 0, 0));
    assertThat(runtime.container(id).orElseThrow().limits()).isEqualTo(new Limits(2, 0, 0, 0));
    assertThat(runtime.container(id).orElseThrow().state()).isEqualTo(before);
    assertThat(runtime.memoryUsage(id)).isNotNegative();
    RuntimeFailure absent =
        catchThrowableOfType(RuntimeFailure.class, () -> runtime.limitContainer("nope", narrow));
    assertThat(absent.kind()).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void logsKeepTheirSourceAndCanBeCut() throws Exception {
    String id = started(new Task.Print("one\ntwo\n", "bad\n", 0));
    awaitExited(id);

    assertThat(read(id, LogQuery.ALL)).contains("STDOUT:one", "STDOUT:two", "STDERR:bad");
    assertThat(read(id, new LogQuery(false, 1, null, false, true, true))).hasSize(1);
    assertThat(read(id, new LogQuery(true, -1, null, false, false, true)))
        .containsExactly("STDERR:bad");
    assertThat(read(id, new LogQuery(false, -1, null, true, true, false)))
        .hasSize(2)
        .allMatch(line -> line.matches("STDOUT:20\\d\\d-.*Z (one|two)"));
  }

  @Test
  void aLongLineIsOneLineWithOneTime() throws Exception {
    String line = "x".repeat(40_000);
    String id = started(new Task.Print(line + "\nend\n", "", 0));
    awaitExited(id);
    assertThat(text(id, LogQuery.ALL)).isEqualTo(line + "\nend\n");
    assertThat(text(id, new LogQuery(false, -1, null, true, true, true)))
        .matches("20\\d\\d-\\S*Z x{40000}\n20\\d\\d-\\S*Z end\n");
  }

  private String text(String id, LogQuery query) throws Exception {
    StringBuilder text = new StringBuilder();
    try (LogReader log = runtime.streams().logs(id, query)) {
      for (LogReader.Chunk chunk = log.next(); chunk != null; chunk = log.next()) {
        text.append(new String(chunk.bytes(), UTF_8));
      }
    }
    return text.toString();
  }

  private List<String> read(String id, LogQuery query) throws Exception {
    List<String> lines = new ArrayList<>();
    try (LogReader log = runtime.streams().logs(id, query)) {
      for (LogReader.Chunk chunk = log.next(); chunk != null; chunk = log.next()) {
        lines.add(chunk.source() + ":" + new String(chunk.bytes(), UTF_8).strip());
      }
    }
    return lines;
  }

  @Test
  void aFollowedLogEndsWhenItIsClosed() throws Exception {
    String id = started(new Task.Wait());
    LogReader log = runtime.streams().logs(id, new LogQuery(true, -1, null, false, true, true));
    Thread.ofVirtual().start(log::close);
    assertThat(log.next()).isNull();
  }

  @Test
  void execSeparatesOutputsAndTellsTheExitCode() throws Exception {
    String id = started(new Task.Wait());
    List<String> command = command(new Task.Print("out\n", "err\n", 5));
    try (ProcessStreams process =
        runtime.streams().exec(id, new ExecRequest(command, false, true, true, false))) {
      assertThat(new String(process.stdout().readAllBytes(), UTF_8)).isEqualTo("out\n");
      assertThat(new String(process.stderr().readAllBytes(), UTF_8)).isEqualTo("err\n");
      assertThat(process.awaitExit()).isEqualTo(5);
    }
  }

  @Test
  void execCarriesInputUntilItsEnd() throws Exception {
    String id = started(new Task.Wait());
    try (ProcessStreams process =
        runtime
            .streams()
            .exec(id, new ExecRequest(command(new Task.Copy()), true, true, true, false))) {
      process.stdin().write("ping\n".getBytes(UTF_8));
      assertThat(new String(process.stdout().readNBytes(5), UTF_8)).isEqualTo("ping\n");
      process.stdin().close();
      assertThat(process.stdout().read()).isEqualTo(-1);
      assertThat(process.awaitExit()).isZero();
    }
  }

  @Test
  void execNeedsARunningContainer() throws Exception {
    String id = started(new Task.Print("", "", 0));
    awaitExited(id);
    ExecRequest request = new ExecRequest(command(new Task.Wait()), false, true, true, false);
    RuntimeFailure failure =
        catchThrowableOfType(RuntimeFailure.class, () -> runtime.streams().exec(id, request));
    assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
    RuntimeFailure absent =
        catchThrowableOfType(RuntimeFailure.class, () -> runtime.streams().exec("nope", request));
    assertThat(absent.kind()).isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void attachJoinsTheFirstProcess() throws Exception {
    String id =
        runtime.createContainer(
            sandbox(Map.of()), spec(new Task.Copy(), new Terminal(true, false, false)));
    runtime.startContainer(id);
    try (ProcessStreams process =
        runtime.streams().attach(id, new AttachRequest(true, true, true))) {
      process.stdin().write("ping\n".getBytes(UTF_8));
      assertThat(new String(process.stdout().readNBytes(5), UTF_8)).isEqualTo("ping\n");
    }
  }

  @Test
  void listenersHearOfStartsAndEnds() throws Exception {
    ListeningFollower follower = new ListeningFollower(runtime);
    try (ContainerRuntime.Subscription subscription = runtime.onChange(follower)) {
      assertThat(subscription).isNotNull();
      String id = started(new Task.Wait());
      follower.awaitState(id, Container.Running.class);
      runtime.stopContainer(id, Duration.ZERO);
      follower.awaitState(id, Container.Exited.class);
    }
  }

  /**
   * The process hears of no signal, so the end of its grace is a while in which nothing happens.
   */
  @Test
  void nothingIsMissedWhileNothingHappens() throws Exception {
    ListeningFollower follower = new ListeningFollower(runtime);
    try (ContainerRuntime.Subscription subscription = runtime.onChange(follower)) {
      assertThat(subscription).isNotNull();
      String id = started(new Task.Wait());
      follower.awaitState(id, Container.Running.class);
      runtime.stopContainer(id, Duration.ofSeconds(4));
      follower.awaitState(id, Container.Exited.class);
      assertThat(follower.missed())
          .as("times that something may have been missed")
          .isLessThanOrEqualTo(1);
    }
  }

  @Test
  void theEngineSaysWhoItIs() throws RuntimeFailure {
    assertThat(runtime.info().name()).isNotEmpty();
    assertThat(runtime.info().version()).isNotEmpty();
  }
}
