package dev.argosy.agent.runtime.contract;

import dev.argosy.agent.runtime.spi.Container;
import dev.argosy.agent.runtime.spi.ContainerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeChange;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeListener;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads the list only when it is told to, as somebody does who trusts what is told. */
public final class ListeningFollower implements RuntimeListener {

  private static final long PATIENCE_SECONDS = 20;

  private final ContainerRuntime runtime;
  private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final AtomicInteger missed = new AtomicInteger();

  public ListeningFollower(ContainerRuntime runtime) {
    this.runtime = runtime;
  }

  @Override
  public void changed(RuntimeChange change) {
    heard.add(change.toString());
  }

  @Override
  public void missedSome() {
    missed.incrementAndGet();
    heard.add("missed some");
  }

  /** How often something may have been missed. */
  int missed() {
    return missed.get();
  }

  /** Fails if the last that is told comes before the list shows the container in that state. */
  public void awaitState(String id, Class<? extends Container.State> wanted)
      throws RuntimeFailure, InterruptedException {
    String hint = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    while (hint != null) {
      if (runtime.containers(Map.of()).stream()
          .anyMatch(c -> c.id().equals(id) && wanted.isInstance(c.state()))) {
        return;
      }
      hint = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    throw new AssertionError("nothing more was told, and no " + wanted.getSimpleName());
  }
}
