package dev.argosy.agent;

import dev.argosy.agent.runtime.cri.CriRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;

/** A containerd that this JVM starts, with the same image as {@link TestDocker}. */
public final class TestContainerd {

  private static String endpoint = "";

  private TestContainerd() {}

  /** A runtime that sees only things of that agent name. */
  public static CriRuntime connect(String agent, Path logs) {
    return connect(endpoint(), agent, logs);
  }

  /** The same on a certain engine. */
  public static CriRuntime connect(String engine, String agent, Path logs) {
    CriRuntime runtime = CriRuntime.connect(engine, agent, logs);
    try {
      if (runtime.images().find(TestDocker.IMAGE).isEmpty()) {
        runtime.images().load(TestDocker.IMAGE, new ByteArrayInputStream(TestDocker.busybox()));
      }
    } catch (RuntimeFailure | IOException e) {
      throw new AssertionError(e);
    }
    return runtime;
  }

  public static synchronized String endpoint() {
    if (endpoint.isEmpty()) {
      OwnContainerd containerd = OwnContainerd.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(containerd)));
      endpoint = containerd.endpoint();
    }
    return endpoint;
  }

  private static void end(OwnContainerd containerd) {
    try {
      containerd.close();
    } catch (Exception e) {
      System.err.println("the tests' containerd was not cleared away: " + e);
    }
  }
}
