package dev.argosy.agent.runtime.fake;

import dev.argosy.agent.runtime.pipe.BytePipe;
import dev.argosy.agent.runtime.spi.ContainerStreams;
import dev.argosy.agent.runtime.spi.LogReader;
import dev.argosy.agent.runtime.spi.ProcessStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams of scripts. A followed log ends where it is; nothing is printed later. */
final class FakeStreams implements ContainerStreams {

  private final FakeRuntime runtime;

  FakeStreams(FakeRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public ProcessStreams exec(String containerId, ExecRequest request) throws RuntimeFailure {
    requireRunning(containerId);
    return switch (FakeProgram.of(request.command(), List.of())) {
      case FakeProgram.Ends(String out, String err, int code, boolean _) ->
          FakeProcess.ended(out, request.tty() ? "" : err, code);
      case FakeProgram.Copies _ -> FakeProcess.copying(new BytePipe(4096));
      case FakeProgram.Runs _ -> FakeProcess.copying(new BytePipe(4096));
      case FakeProgram.Missing(String program) ->
          FakeProcess.ended("exec: \"" + program + "\": executable file not found", "", 127);
    };
  }

  @Override
  public ProcessStreams attach(String containerId, AttachRequest request) throws RuntimeFailure {
    return FakeProcess.copying(requireRunning(containerId).stdin);
  }

  private FakeContainer requireRunning(String id) throws RuntimeFailure {
    runtime.requireUp();
    FakeContainer container = runtime.existing(id);
    synchronized (runtime) {
      if (!container.running()) {
        throw new RuntimeFailure(Kind.CONFLICT, "container " + id + " is not running");
      }
    }
    return container;
  }

  @Override
  public LogReader logs(String containerId, LogQuery query) throws RuntimeFailure {
    runtime.requireUp();
    FakeContainer container = runtime.existing(containerId);
    synchronized (runtime) {
      List<FakeContainer.Line> wanted = new ArrayList<>();
      for (FakeContainer.Line line : container.log) {
        boolean source = line.source() == LogReader.Source.STDOUT ? query.stdout() : query.stderr();
        if (source && (query.since() == null || !line.at().isBefore(query.since()))) {
          wanted.add(line);
        }
      }
      int skip = query.tailLines() < 0 ? 0 : Math.max(0, wanted.size() - query.tailLines());
      return new FakeLog(wanted.subList(skip, wanted.size()), query.timestamps());
    }
  }

  private static final class FakeLog implements LogReader {
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();

    FakeLog(List<FakeContainer.Line> lines, boolean timestamps) {
      for (FakeContainer.Line line : lines) {
        String text = (timestamps ? line.at() + " " : "") + line.text();
        chunks.add(new Chunk(line.source(), text.getBytes(StandardCharsets.UTF_8)));
      }
    }

    @Override
    public @Nullable Chunk next() {
      return chunks.pollFirst();
    }

    @Override
    public void close() {
      chunks.clear();
    }
  }
}
