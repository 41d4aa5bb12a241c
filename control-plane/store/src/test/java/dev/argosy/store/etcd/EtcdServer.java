package dev.argosy.store.etcd;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real etcd for tests: own process, loopback, ports of its own, data in a temporary folder that
 * goes with it. Needs the {@code etcd} program on the path (Debian: etcd-server).
 */
public final class EtcdServer implements AutoCloseable {

  private final Path folder;
  private final int clientPort;
  private final int peerPort;
  private final List<String> options;
  private @Nullable Process process;

  private EtcdServer(Path folder, int clientPort, int peerPort, List<String> options) {
    this.folder = folder;
    this.clientPort = clientPort;
    this.peerPort = peerPort;
    this.options = options;
  }

  /** Starts one and waits until it takes connections. */
  public static EtcdServer start(String... options) {
    try (ServerSocket client = freePort();
        ServerSocket peer = freePort()) { // both at a time, or they may be the same
      EtcdServer server =
          new EtcdServer(
              Files.createTempDirectory("etcd"),
              client.getLocalPort(),
              peer.getLocalPort(),
              List.of(options));
      client.close();
      peer.close();
      Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
      server.up();
      return server;
    } catch (IOException e) {
      throw new IllegalStateException("etcd does not start", e);
    }
  }

  /** Where clients connect. */
  public URI endpoint() {
    return URI.create((secure() ? "https" : "http") + "://127.0.0.1:" + clientPort);
  }

  public EtcdConfig config() {
    return EtcdConfig.of(endpoint());
  }

  /** Starts it again on the same port with the same data. */
  public void up() {
    List<String> command =
        new ArrayList<>(
            List.of(
                "etcd",
                "--name=test",
                "--data-dir=" + folder.resolve("data"),
                "--listen-client-urls=" + endpoint(),
                "--advertise-client-urls=" + endpoint(),
                "--listen-peer-urls=http://127.0.0.1:" + peerPort,
                "--initial-advertise-peer-urls=http://127.0.0.1:" + peerPort,
                "--initial-cluster=test=http://127.0.0.1:" + peerPort,
                "--logger=zap",
                "--log-level=info"));
    command.addAll(options);
    try {
      Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
      process = started;
      awaitServing(started);
    } catch (IOException e) {
      throw new IllegalStateException("the etcd program is needed (Debian: etcd-server)", e);
    }
  }

  /**
   * etcd says so when it takes clients; what it says later is kept for whoever debugs a test. On a
   * platform thread, since to read from a process holds a virtual thread's carrier.
   */
  private void awaitServing(Process started) {
    CompletableFuture<String> said = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("etcd-log").start(() -> follow(started, said));
    try {
      said.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("etcd does not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void follow(Process started, CompletableFuture<String> said) {
    Path log = folder.resolve("log");
    try (BufferedReader lines = started.inputReader();
        Writer copy = Files.newBufferedWriter(log, CREATE, APPEND)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        copy.write(line + "\n");
        copy.flush();
        if (line.contains("serving client traffic")) {
          said.complete(line);
        }
      }
      said.completeExceptionally(new IllegalStateException(Files.readString(log)));
    } catch (IOException e) {
      said.completeExceptionally(e);
    }
  }

  /** Kills it as a crash would; data stay. */
  public void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
      try {
        running.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Lets it hang: connections stay open, nothing answers. */
  public void freeze() {
    signal("STOP");
  }

  /** Ends {@link #freeze}. */
  public void thaw() {
    signal("CONT");
  }

  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean secure() {
    return options.stream().anyMatch(option -> option.startsWith("--cert-file"));
  }

  private void signal(String name) {
    try {
      long pid = process == null ? 0 : process.pid();
      new ProcessBuilder("kill", "-" + name, "" + pid).start().waitFor();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * None of those that the kernel gives to whoever connects: one of them could get it in the moment
   * before etcd begins, or while it is down.
   */
  private static ServerSocket freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 18_000);
      try {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (BindException e) {
        // somebody has it
      }
    }
  }
}
