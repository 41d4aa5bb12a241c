package dev.argosy.agent.runtime.fake;

import dev.argosy.agent.runtime.pipe.BytePipe;
import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerSpec;
import dev.argosy.agent.runtime.spi.LogReader.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One container; guarded by the runtime's lock. */
final class FakeContainer {

  record Line(Instant at, Source source, String text) {}

  final String id;
  final int pid;
  final String sandboxId;
  final ContainerSpec spec;
  final String imageId;
  final FakeProgram program;
  final List<Line> log = new ArrayList<>();
  final BytePipe stdin = new BytePipe(4096);
  Container.State state;
  ContainerSpec.Limits limits;
  long memoryUsage;

  FakeContainer(int number, String sandboxId, ContainerSpec spec, String imageId, Instant now) {
    this.id = "container-" + number;
    this.pid = 1000 + number;
    this.sandboxId = sandboxId;
    this.spec = spec;
    this.imageId = imageId;
    this.limits = spec.limits();
    List<String> whole = new ArrayList<>(spec.command());
    whole.addAll(spec.args());
    this.program =
        FakeProgram.of(
            whole,
            spec.extras().devices().stream()
                .map(ContainerSpec.Extras.Device::containerPath)
                .toList());
    this.state = new Container.Created(now);
  }

  Container view() {
    return new Container(
        id,
        spec.name(),
        spec.labels(),
        spec.image(),
        imageId,
        limits,
        spec.terminal().tty(),
        state);
  }

  boolean running() {
    return state instanceof Container.Running;
  }

  void start(Instant now) {
    state = new Container.Running(now, pid);
    if (program instanceof FakeProgram.Ends(String out, String err, int code, boolean oom)) {
      print(now, Source.STDOUT, out);
      print(now, Source.STDERR, err);
      end(now, code, oom);
    }
  }

  private void print(Instant now, Source source, String text) {
    text.lines().forEach(line -> log.add(new Line(now, source, line + "\n")));
  }

  void end(Instant now, int code, boolean oomKilled) {
    if (state instanceof Container.Running(Instant startedAt, int _)) {
      state = new Container.Exited(startedAt, now, code, oomKilled, "");
      stdin.close();
    }
  }
}
