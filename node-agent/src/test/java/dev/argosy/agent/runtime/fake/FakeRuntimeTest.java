package dev.argosy.agent.runtime.fake;

import dev.argosy.agent.runtime.contract.RuntimeContract;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import java.time.Clock;
import java.util.List;

final class FakeRuntimeTest extends RuntimeContract {

  @Override
  protected ContainerRuntime runtime() {
    FakeRuntime runtime = new FakeRuntime(Clock.systemUTC());
    runtime.images().add(image());
    return runtime;
  }

  @Override
  protected String image() {
    return "busybox:1";
  }

  @Override
  protected String prefix() {
    return "";
  }

  @Override
  protected List<String> command(Task task) {
    return switch (task) {
      case Task.Wait _ -> List.of("wait");
      case Task.Copy _ -> List.of("cat");
      case Task.Use(String device) -> List.of("device", device);
      case Task.Print(String out, String err, int code) ->
          List.of("print", out, err, Integer.toString(code));
    };
  }
}
