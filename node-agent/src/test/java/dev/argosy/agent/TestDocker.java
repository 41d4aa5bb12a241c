package dev.argosy.agent;

import dev.argosy.agent.runtime.docker.DockerRuntime;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.tar.TarFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The machine's Docker engine, or one that this JVM starts; with an image made of busybox. */
public final class TestDocker {

  public static final String IMAGE = "argosy-test/busybox:1";

  private static final String SYSTEM = "unix:///var/run/docker.sock";
  private static final List<String> APPLETS =
      List.of(
          "sh",
          "sleep",
          "cat",
          "ls",
          "echo",
          "printf",
          "id",
          "env",
          "hostname",
          "ip",
          "wget",
          "httpd",
          "nc",
          "ping",
          "stat",
          "dd",
          "tail",
          "head",
          "sync",
          "kill",
          "touch",
          "mkdir",
          "readlink",
          "true",
          "false",
          "grep",
          "test",
          "nslookup",
          "ps",
          "date",
          "rm");

  private static String host = "";

  private TestDocker() {}

  /** A runtime that sees only things of that agent name. */
  public static DockerRuntime connect(String agent) {
    return connect(host(), agent);
  }

  /** The same on a certain engine. */
  public static DockerRuntime connect(String engine, String agent) {
    DockerRuntime runtime = DockerRuntime.connect(engine, agent);
    try {
      if (runtime.images().find(IMAGE).isEmpty()) {
        runtime.images().load(IMAGE, new ByteArrayInputStream(busybox()));
      }
    } catch (RuntimeFailure | IOException e) {
      throw new AssertionError(e);
    }
    return runtime;
  }

  public static synchronized String host() {
    if (host.isEmpty()) {
      host = OwnDocker.answers(SYSTEM) ? SYSTEM : startOwn();
    }
    return host;
  }

  private static String startOwn() {
    OwnDocker docker = OwnDocker.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(docker)));
    return docker.host();
  }

  private static void end(OwnDocker docker) {
    try {
      docker.close();
    } catch (Exception e) {
      System.err.println("the tests' dockerd was not cleared away: " + e);
    }
  }

  /** The root folder of {@link #IMAGE}. */
  static byte[] busybox() throws IOException {
    TarFile tar = new TarFile().folder("bin").folder("tmp").folder("etc").folder("root");
    tar.file("bin/busybox", 0755, Files.readAllBytes(Path.of("/bin/busybox")));
    APPLETS.forEach(name -> tar.link("bin/" + name, "busybox"));
    tar.file("etc/passwd", 0644, "root:x:0:0:root:/root:/bin/sh\n".getBytes());
    return tar.bytes();
  }
}
