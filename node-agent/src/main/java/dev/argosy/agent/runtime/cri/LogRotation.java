package dev.argosy.agent.runtime.cri;

import dev.argosy.agent.grpc.Message;
import dev.argosy.agent.grpc.MessageBuilder;
import dev.argosy.agent.runtime.cri.log.LogFolders;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at all logs every ten seconds, as kubelet does, by one thread. */
final class LogRotation implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogRotation.class);
  private static final long SECONDS = 10;
  private static final long RUNNING = 1;

  private final CriCalls calls;
  private final CriObservation observation;
  private final LogFolders logs;
  private final CountDownLatch closed = new CountDownLatch(1);

  LogRotation(CriCalls calls, CriObservation observation, LogFolders logs) {
    this.calls = calls;
    this.observation = observation;
    this.logs = logs;
  }

  void start() {
    Thread.ofVirtual().name("cri-logs").start(this::rotateUntilClosed);
  }

  private void rotateUntilClosed() {
    try {
      while (!closed.await(SECONDS, TimeUnit.SECONDS)) {
        rotate();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void rotate() {
    try {
      for (Message container : observation.listContainers(Map.of())) {
        if (container.number(6) == RUNNING) {
          rotate(container);
        }
      }
    } catch (RuntimeFailure e) {
      LOG.debug("logs not looked at: {}", e.getMessage());
    }
  }

  private void rotate(Message container) {
    MessageBuilder request = new MessageBuilder().text(1, container.text(1));
    String name = container.message(3).text(1);
    try {
      logs.rotate(name, () -> calls.runtime("ReopenContainerLog", request));
    } catch (RuntimeFailure e) {
      LOG.warn("log of {} not rotated: {}", name, e.getMessage());
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
