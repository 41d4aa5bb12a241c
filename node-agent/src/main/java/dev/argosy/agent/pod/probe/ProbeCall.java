package dev.argosy.agent.pod.probe;

import dev.argosy.agent.pod.view.ProbeView;
import dev.argosy.agent.runtime.spi.ContainerStreams;
import dev.argosy.agent.runtime.spi.ContainerStreams.ExecRequest;
import dev.argosy.agent.runtime.spi.ProcessStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** One question to one container. */
public final class ProbeCall {

  private static final int SHOWN = 1024;

  private final ContainerStreams streams;

  public ProbeCall(ContainerStreams streams) {
    this.streams = streams;
  }

  /** Asks; warnings are nobody's. */
  public Optional<String> ask(ProbeView probe, JsonNode container, String id, String podIp)
      throws InterruptedException {
    return ask(probe, container, id, podIp, _ -> {});
  }

  /**
   * Asks.
   *
   * @param warned hears of what is well, but odd
   * @param container its part of the specification, for named ports
   * @return what is wrong; empty if all is well
   */
  Optional<String> ask(
      ProbeView probe, JsonNode container, String id, String podIp, Consumer<String> warned)
      throws InterruptedException {
    JsonNode handler = probe.handler();
    if (handler.path("exec").isObject()) {
      return exec(handler.path("exec"), id, probe.timeout().toMillis());
    }
    int timeout = Math.toIntExact(probe.timeout().toMillis());
    if (handler.path("httpGet").isObject()) {
      return http(handler.path("httpGet"), container, podIp, probe.timeout(), warned);
    }
    if (handler.path("tcpSocket").isObject()) {
      return tcp(handler.path("tcpSocket"), container, podIp, timeout);
    }
    JsonNode grpc = handler.path("grpc");
    return grpc.isObject()
        ? GrpcHealth.ask(
            podIp, grpc.path("port").asInt(0), grpc.path("service").asString(""), timeout)
        : Optional.empty();
  }

  private Optional<String> exec(JsonNode exec, String id, long timeoutMillis)
      throws InterruptedException {
    List<String> command = new ArrayList<>();
    exec.path("command").forEach(c -> command.add(c.asString("")));
    CompletableFuture<Optional<String>> result = new CompletableFuture<>();
    try (ProcessStreams process =
        streams.exec(id, new ExecRequest(command, false, true, true, false))) {
      Thread.ofVirtual().start(() -> result.complete(outcome(process)));
      return result.get(timeoutMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Optional.of(
          "command timed out: \"%s\" timed out after %d s"
              .formatted(String.join(" ", command), timeoutMillis / 1000));
    } catch (ExecutionException | RuntimeFailure e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** What a failed command said on either output, or else how it ended. */
  private static Optional<String> outcome(ProcessStreams process) {
    try {
      StringBuffer said = new StringBuffer();
      Thread errors = Thread.ofVirtual().start(() -> read(process.stderr(), said));
      read(process.stdout(), said);
      errors.join();
      int code = process.awaitExit();
      String words = said.toString();
      return code == 0
          ? Optional.empty()
          : Optional.of(words.isBlank() ? "command exited with code " + code : words);
    } catch (RuntimeFailure e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private static void read(InputStream in, StringBuffer said) {
    try {
      said.append(new String(in.readNBytes(SHOWN), StandardCharsets.UTF_8));
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException ended) {
      // nothing more comes
    }
  }

  private static Optional<String> http(
      JsonNode get, JsonNode container, String podIp, Duration timeout, Consumer<String> warned) {
    String wanted = get.path("host").asString("");
    String host = wanted.isEmpty() ? podIp : wanted;
    String path = get.path("path").asString("/");
    String url =
        get.path("scheme").asString("HTTP").toLowerCase(Locale.ROOT)
            + "://"
            + (host.indexOf(':') < 0 ? host : "[" + host + "]")
            + ":"
            + port(get.path("port"), container)
            + (path.startsWith("/") ? path : "/" + path);
    return HttpAsk.ask(url, get.path("httpHeaders"), timeout, warned);
  }

  private static Optional<String> tcp(
      JsonNode tcp, JsonNode container, String podIp, int timeoutMillis) {
    String host = tcp.path("host").asString("");
    String address = host.isEmpty() ? podIp : host;
    int port = port(tcp.path("port"), container);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), timeoutMillis);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("dial tcp " + address + ":" + port + ": " + e.getMessage());
    }
  }

  /** A port by number, or by its name in the container. */
  private static int port(JsonNode port, JsonNode container) {
    if (port.isNumber()) {
      return port.asInt();
    }
    String name = port.asString("");
    for (JsonNode one : container.path("ports")) {
      if (one.path("name").asString("").equals(name)) {
        return one.path("containerPort").asInt(0);
      }
    }
    return name.chars().allMatch(Character::isDigit) && !name.isEmpty()
        ? Integer.parseInt(name)
        : 0;
  }
}
