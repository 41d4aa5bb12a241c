package dev.argosy.agent.pod.probe;

import dev.argosy.agent.pod.view.ProbeView;
import dev.argosy.agent.runtime.spi.ContainerStreams;
import dev.argosy.agent.runtime.spi.ContainerStreams.ExecRequest;
import dev.argosy.agent.runtime.spi.ProcessStreams;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** One question to one container. */
public final class ProbeCall {

  private static final int SHOWN = 1024;

  private final ContainerStreams streams;

  public ProbeCall(ContainerStreams streams) {
    this.streams = streams;
  }

  /**
   * Asks.
   *
   * @param container its part of the specification, for named ports
   * @return what is wrong; empty if all is well
   */
  public Optional<String> ask(ProbeView probe, JsonNode container, String id, String podIp)
      throws InterruptedException {
    JsonNode handler = probe.handler();
    if (handler.path("exec").isObject()) {
      return exec(handler.path("exec"), id, probe.timeout().toMillis());
    }
    int timeout = Math.toIntExact(probe.timeout().toMillis());
    if (handler.path("httpGet").isObject()) {
      return http(handler.path("httpGet"), container, podIp, timeout);
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
      return Optional.of("command timed out");
    } catch (ExecutionException | RuntimeFailure e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> outcome(ProcessStreams process) {
    try {
      Thread errors = Thread.ofVirtual().start(() -> drain(process));
      String out = new String(process.stdout().readAllBytes(), StandardCharsets.UTF_8);
      errors.join();
      int code = process.awaitExit();
      return code == 0
          ? Optional.empty()
          : Optional.of(out.substring(0, Math.min(SHOWN, out.length())) + "exit code " + code);
    } catch (IOException | RuntimeFailure e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private static void drain(ProcessStreams process) {
    try {
      process.stderr().transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException ended) {
      // nothing more comes
    }
  }

  private static Optional<String> http(
      JsonNode get, JsonNode container, String podIp, int timeoutMillis) {
    String host = get.path("host").asString("");
    String scheme = get.path("scheme").asString("HTTP").toLowerCase(java.util.Locale.ROOT);
    String path = get.path("path").asString("/");
    String url =
        scheme
            + "://"
            + (host.isEmpty() ? podIp : host)
            + ":"
            + port(get.path("port"), container)
            + (path.startsWith("/") ? path : "/" + path);
    try {
      HttpURLConnection http = (HttpURLConnection) URI.create(url).toURL().openConnection();
      TrustAll.apply(http);
      http.setConnectTimeout(timeoutMillis);
      http.setReadTimeout(timeoutMillis);
      http.setRequestProperty("User-Agent", "kube-probe/1.35");
      for (JsonNode header : get.path("httpHeaders")) {
        http.setRequestProperty(
            header.path("name").asString(""), header.path("value").asString(""));
      }
      int code = http.getResponseCode();
      http.disconnect();
      return code >= 200 && code < 400
          ? Optional.empty()
          : Optional.of("HTTP probe failed with statuscode: " + code);
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("Get \"" + url + "\": " + e.getMessage());
    }
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
