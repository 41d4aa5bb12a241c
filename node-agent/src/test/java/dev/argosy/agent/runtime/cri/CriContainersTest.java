package dev.argosy.agent.runtime.cri;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.argosy.agent.Eventually;
import dev.argosy.agent.OwnContainerd;
import dev.argosy.agent.TestContainerd;
import dev.argosy.agent.TestDocker;
import dev.argosy.agent.disk.FolderSizes.Size;
import dev.argosy.agent.runtime.contract.ListeningFollower;
import dev.argosy.agent.runtime.cri.log.LogFolders;
import dev.argosy.agent.runtime.pause.PauseImage;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.ContainerSpec.Limits;
import dev.argosy.agent.runtime.spi.ContainerSpec.Mount;
import dev.argosy.agent.runtime.spi.ContainerSpec.Privileges;
import dev.argosy.agent.runtime.spi.ContainerSpec.Processes;
import dev.argosy.agent.runtime.spi.ContainerSpec.Terminal;
import dev.argosy.agent.runtime.spi.ContainerStreams.ExecRequest;
import dev.argosy.agent.runtime.spi.ContainerStreams.LogQuery;
import dev.argosy.agent.runtime.spi.ContainerUser;
import dev.argosy.agent.runtime.spi.LogLimits;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.ProcessStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.agent.runtime.spi.SandboxSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What CRI has beyond the contract, on containerd. */
@Timeout(value = 40, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CriContainersTest {

  private static final Limits LIMITS = new Limits(512, 50_000, 64L << 20, 500);

  private final String run = "argosy-test-" + UUID.randomUUID().toString().substring(0, 8);

  @TempDir private Path folder;
  private ContainerRuntime runtime;

  @BeforeEach
  void start() throws RuntimeFailure, IOException {
    connect(TestContainerd.endpoint());
  }

  private void connect(String endpoint) throws RuntimeFailure, IOException {
    Files.writeString(folder.resolve("file"), "mounted\n");
    runtime = TestContainerd.connect(endpoint, run, folder.resolve("logs"));
    PauseImage.ensure(runtime.images(), "amd64");
  }

  @AfterEach
  void removeEverything() throws RuntimeFailure {
    removeEverythingNow();
    runtime.close();
  }

  private void removeEverythingNow() throws RuntimeFailure {
    for (Container container : runtime.containers(Map.of())) {
      runtime.removeContainer(container.id());
    }
    for (Sandbox sandbox : runtime.sandboxes(Map.of())) {
      runtime.removeSandbox(sandbox.id());
    }
  }

  private String sandbox(Map<String, String> labels) throws RuntimeFailure {
    return runtime.startSandbox(
        new SandboxSpec(
            run + "-pod",
            labels,
            PauseImage.NAME,
            PauseImage.COMMAND,
            "web",
            false,
            false,
            false,
            Map.of("net.ipv4.ip_unprivileged_port_start", "80"),
            ""));
  }

  @Test
  void aSandboxIsRunByTheHandlerThatItNames() throws RuntimeFailure {
    RuntimeFailure failure =
        catchThrowableOfType(
            RuntimeFailure.class, () -> sandbox(Map.of(SandboxSpec.HANDLER, "kata")));
    assertThat(failure).hasMessageContaining("no runtime for \"kata\" is configured");
    sandbox(Map.of(SandboxSpec.HANDLER, "second"));
    try (CriCalls calls = new CriCalls(Path.of(TestContainerd.endpoint().substring(7)))) {
      CriObservation observation = new CriObservation(calls, new CriMarks(run));
      assertThat(observation.listSandboxes(Map.of()))
          .singleElement()
          .returns("second", sandbox -> sandbox.text(7));
    }
  }

  private String started(Privileges privileges, Processes processes, String... command)
      throws RuntimeFailure {
    String sandbox = sandbox(Map.of());
    String id =
        runtime.createContainer(
            sandbox,
            new ContainerSpec(
                run + "-main",
                Map.of(),
                TestDocker.IMAGE,
                List.of(),
                List.of(command),
                List.of("A=1=2", "B="),
                "/tmp",
                List.of(new Mount(folder.resolve("file").toString(), "/seen", true)),
                LIMITS,
                privileges,
                Terminal.NONE,
                processes));
    runtime.startContainer(id);
    return id;
  }

  private String log(String id) throws Exception {
    StringBuilder all = new StringBuilder();
    LogQuery following = new LogQuery(true, -1, null, false, true, true);
    try (LogReader log = runtime.streams().logs(id, following)) {
      for (LogReader.Chunk one = log.next(); one != null; one = log.next()) {
        all.append(new String(one.bytes(), UTF_8));
      }
    }
    return all.toString();
  }

  private String exec(String id, boolean tty, String... command) throws Exception {
    ExecRequest request = new ExecRequest(List.of(command), tty, true, false, tty);
    try (ProcessStreams process = runtime.streams().exec(id, request)) {
      process.resize(132, 43);
      String out = new String(process.stdout().readAllBytes(), UTF_8);
      return out.strip() + " " + process.awaitExit();
    }
  }

  @Test
  void whatASpecificationAsksForIsInForce() throws Exception {
    Privileges narrow =
        new Privileges(
            "1000:2000", List.of("3000"), false, true, true, false, List.of(), List.of("ALL"));
    String script =
        "id -u; id -g; id -G; echo $A,$B; readlink /proc/self/cwd; cat /seen;"
            + " cat /proc/sys/net/ipv4/ip_unprivileged_port_start; hostname;"
            + " grep -E 'CapEff|NoNewPrivs|Seccomp:' /proc/self/status;"
            + " touch /tmp/x 2>/dev/null || echo read-only;"
            + " grep -c ' /seen .* ro,' /proc/self/mounts";
    String id = started(narrow, new Processes.Own(), "sh", "-c", script);
    assertThat(log(id).lines())
        .containsExactly(
            "1000",
            "2000",
            "2000 3000",
            "1=2,",
            "/tmp",
            "mounted",
            "80",
            "web",
            "CapEff:\t0000000000000000",
            "NoNewPrivs:\t1",
            "Seccomp:\t2",
            "read-only",
            "1");
    assertThat(runtime.container(id).orElseThrow())
        .returns(LIMITS, Container::limits)
        .returns(TestDocker.IMAGE, Container::image)
        .returns(run + "-main", Container::name)
        .extracting(Container::user)
        .returns(1000L, ContainerUser::uid)
        .returns(2000L, ContainerUser::gid)
        .returns(true, user -> user.groups().contains(3000L));
  }

  @Test
  void aContainerIsPinnedAndItsDiskUseCounted() throws Exception {
    String id = started(Privileges.DEFAULT, new Processes.Own(), "sleep", "600");
    String allowed = exec(id, false, "grep", "Cpus_allowed_list", "/proc/1/status");
    runtime.pinContainer(id, "0");
    assertThat(exec(id, false, "grep", "Cpus_allowed_list", "/proc/1/status"))
        .isEqualTo("Cpus_allowed_list:\t0 0")
        .isNotEqualTo(allowed);
    long before = runtime.diskUse(List.of(id)).getOrDefault(id, Size.NOTHING).bytes();
    assertThat(exec(id, false, "dd", "if=/dev/zero", "of=/tmp/more", "bs=1M", "count=4"))
        .isEqualTo(" 0");
    assertThat(runtime.diskUse(List.of(id)).getOrDefault(id, Size.NOTHING).bytes() - before)
        .isBetween(4L << 20, 5L << 20);
    assertThat(runtime.diskUse(List.of("another"))).isEmpty();
    assertThat(runtime.groupsBySystemd()).isFalse();
  }

  @Test
  void anImageIsUnpackedAndNothingElseIsLeft() throws Exception {
    started(Privileges.DEFAULT, new Processes.Own(), "sleep", "600");
    String image = runtime.images().find(TestDocker.IMAGE).orElseThrow().id();
    Path unpacked = Files.createDirectories(folder.resolve("images/unpacked"));
    Files.createDirectories(folder.resolve("images/mounted-image"));
    for (int i = 0; i < 2; i++) {
      runtime.images().unpack(image, unpacked);
      assertThat(unpacked.resolve("bin/busybox")).isExecutable();
      assertThat(unpacked.resolve("bin/sh")).isSymbolicLink();
      assertThat(unpacked.resolve("etc/passwd")).content().startsWith("root:");
      assertThat(folder.resolve("images")).isDirectoryContaining(f -> f.equals(unpacked));
      assertThat(folder.resolve("images/mounted-image")).doesNotExist();
    }
  }

  @Test
  void aFilterOfTheMachinesOwnIsInForce() throws Exception {
    Path filter = folder.resolve("no-folders.json");
    Files.writeString(
        filter,
        """
        {"defaultAction": "SCMP_ACT_ALLOW",
         "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO"}]}\
        """);
    Privileges filtered =
        new Privileges(
            "",
            List.of(),
            false,
            false,
            false,
            false,
            List.of(),
            List.of(),
            filter.toString(),
            "unconfined");
    String id = started(filtered, new Processes.Own(), "sleep", "600");
    assertThat(exec(id, false, "sh", "-c", "mkdir /tmp/a 2>/dev/null || echo none"))
        .isEqualTo("none 0");
    assertThat(exec(id, false, "touch", "/tmp/a")).isEqualTo(" 0");
  }

  @Test
  void processesOfASandboxSeeEachOtherIfTheyShare() throws Exception {
    String id = started(Privileges.DEFAULT, new Processes.OfSandbox(), "sleep", "600");
    assertThat(exec(id, false, "cat", "/proc/1/comm")).isEqualTo("pause 0");
    removeEverythingNow();
    String alone = started(Privileges.DEFAULT, new Processes.Own(), "sleep", "600");
    assertThat(exec(alone, false, "cat", "/proc/1/comm")).isEqualTo("sleep 0");
  }

  @Test
  void aTerminalIsOneAndAMissingProgramIsNamed() throws Exception {
    String id = started(Privileges.DEFAULT, new Processes.Own(), "sleep", "600");
    assertThat(exec(id, true, "sh", "-c", "test -t 0 && echo terminal")).isEqualTo("terminal 0");
    assertThat(exec(id, false, "sh", "-c", "test -t 0 || echo none; exit 4")).isEqualTo("none 4");
    assertThat(exec(id, false, "/no/such/program")).contains("no such file").endsWith(" 127");
  }

  @Test
  void aLongLogIsRotatedUnderItsReader() throws Exception {
    String id = started(Privileges.DEFAULT, new Processes.Own(), "sleep", "600");
    say(id, "before");
    LogFolders logs = new LogFolders(folder.resolve("logs"));
    Path file = logs.root().resolve(run + "-main/0.log");
    try (LogReader log =
            runtime.streams().logs(id, new LogQuery(true, -1, null, false, true, true));
        CriCalls calls = new CriCalls(Path.of(TestContainerd.endpoint().substring(7)))) {
      assertThat(next(log)).isEqualTo("before\n");
      Files.write(file, new byte[10 << 20], StandardOpenOption.APPEND);
      Files.writeString(file, "\n", StandardOpenOption.APPEND);
      new LogRotation(calls, new CriObservation(calls, new CriMarks(run)), logs).rotate();
      assertThat(Files.size(file)).isZero();
      say(id, "after");
      assertThat(next(log)).isEqualTo("after\n");
    }
    runtime.removeContainer(id);
    assertThat(logs.root()).isEmptyDirectory();
  }

  @Test
  void everyLineIsFollowedOnceThroughRotations() throws Exception {
    String script = "i=0; while test $i -lt 3000; do echo line $i; i=$((i+1)); done";
    String id = started(Privileges.DEFAULT, new Processes.Own(), "sh", "-c", script);
    LogFolders logs = new LogFolders(folder.resolve("logs"), new LogLimits(4096, 1000));
    AtomicBoolean read = new AtomicBoolean();
    try (CriCalls calls = new CriCalls(Path.of(TestContainerd.endpoint().substring(7)))) {
      LogRotation rotation =
          new LogRotation(calls, new CriObservation(calls, new CriMarks(run)), logs);
      Thread rotating =
          Thread.ofVirtual()
              .start(() -> {
                while (!read.get()) {
                  rotation.rotate();
                }
              });
      String expected =
          IntStream.range(0, 3000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
      assertThat(log(id)).isEqualTo(expected);
      read.set(true);
      rotating.join();
    }
  }

  private void say(String id, String what) throws Exception {
    assertThat(exec(id, false, "sh", "-c", "echo " + what + " > /proc/1/fd/1")).isEqualTo(" 0");
  }

  private static String next(LogReader log) throws Exception {
    LogReader.Chunk chunk = log.next();
    return chunk == null ? "" : new String(chunk.bytes(), UTF_8);
  }

  @Test
  void containersOutliveTheRuntimeAndAreFoundAgain() throws Exception {
    try (OwnContainerd containerd = OwnContainerd.start()) {
      runtime.close();
      connect(containerd.endpoint());
      String id = started(Privileges.DEFAULT, new Processes.Own(), "sleep", "600");
      ListeningFollower follower = new ListeningFollower(runtime);
      try (ContainerRuntime.Subscription subscription = runtime.onChange(follower)) {
        assertThat(subscription).isNotNull();
        follower.awaitState(id, Container.Running.class);
        Container.State before = runtime.container(id).orElseThrow().state();
        containerd.stop();
        Eventually.holds(this::isAway);
        containerd.startAgain();
        assertThat(runtime.container(id).orElseThrow().state()).isEqualTo(before);
        assertThat(exec(id, false, "hostname")).isEqualTo("web 0");
        ProcessHandle.of(((Container.Running) before).pid()).orElseThrow().destroyForcibly();
        follower.awaitState(id, Container.Exited.class);
      }
      removeEverythingNow();
    }
    runtime.close();
    start();
  }

  private boolean isAway() {
    try {
      runtime.containers(Map.of());
      return false;
    } catch (RuntimeFailure e) {
      return e.kind() == RuntimeFailure.Kind.UNAVAILABLE;
    }
  }
}
