package dev.argosy.agent.pod.probe;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import tools.jackson.databind.JsonNode;

/**
 * One GET and its status, within one time limit for all of it. Any certificate will do. Redirects
 * within the host are followed; one that leads elsewhere is an answer, and a good one.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#http-probes">HTTP
 *     probes</a>
 */
final class HttpAsk {

  private static final int MOST_REDIRECTS = 10;
  private static final int LONGEST_HEAD = 1 << 16;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  /** What is shown of a page that leads elsewhere. */
  private static final int SHOWN = 1024;

  private record Answer(int status, String location, String body) {}

  private final URI first;
  private final JsonNode headers;
  private final Consumer<String> warned;
  private final long deadlineNanos;

  private HttpAsk(URI first, JsonNode headers, Duration limit, Consumer<String> warned) {
    this.first = first;
    this.headers = headers;
    this.warned = warned;
    this.deadlineNanos = System.nanoTime() + limit.toNanos();
  }

  /**
   * Asks.
   *
   * @param headers objects with name and value; {@code Host} and {@code User-Agent} replace ours
   * @param warned hears, in kubelet's words, of an answer that is taken for good but leads
   *     elsewhere
   * @return what is wrong; empty if all is well
   */
  static Optional<String> ask(
      String url, JsonNode headers, Duration limit, Consumer<String> warned) {
    try {
      int status = new HttpAsk(URI.create(escaped(url)), headers, limit, warned).status();
      return status >= 200 && status < 400
          ? Optional.empty()
          : Optional.of("HTTP probe failed with statuscode: " + status);
    } catch (SocketTimeoutException e) {
      return Optional.of("Get \"" + url + "\": no answer within " + limit.toMillis() + " ms");
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("Get \"" + url + "\": " + e.getMessage());
    }
  }

  /** Escapes what must not stand in an address as it is; people write it there all the same. */
  private static String escaped(String url) {
    StringBuilder text = new StringBuilder();
    for (byte one : url.getBytes(StandardCharsets.UTF_8)) {
      int b = one & 0xff;
      boolean plain = b > ' ' && b < 0x7f && "\"<>\\^`{|}".indexOf(b) < 0;
      text.append(plain ? Character.toString(b) : "%%%02X".formatted(b));
    }
    return text.toString();
  }

  private int status() throws IOException {
    URI url = first;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      Answer answer = get(url);
      if (!REDIRECTS.contains(answer.status) || answer.location.isEmpty()) {
        return answer.status;
      }
      URI next = url.resolve(escaped(answer.location));
      boolean web = "http".equals(next.getScheme()) || "https".equals(next.getScheme());
      if (!web || !String.valueOf(first.getHost()).equals(next.getHost())) {
        warned.accept("Probe terminated redirects, Response body: " + answer.body);
        return answer.status;
      }
      url = next;
    }
    throw new IOException("stopped after " + MOST_REDIRECTS + " redirects");
  }

  private Answer get(URI url) throws IOException {
    boolean secure = "https".equals(url.getScheme());
    int port = url.getPort() < 0 ? (secure ? 443 : 80) : url.getPort();
    String host = url.getHost();
    if (host == null) {
      throw new IOException("\"" + url.getRawAuthority() + "\" is no host and port");
    }
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(unbracketed(host), port), left());
      try (Socket socket = secure ? secured(plain, host, port) : plain) {
        socket.getOutputStream().write(request(url).getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return answer(new BufferedInputStream(new Limited(socket)));
      }
    }
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private Socket secured(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = TrustAll.context().getSocketFactory();
    plain.setSoTimeout(left());
    return factory.createSocket(plain, unbracketed(host), port, true);
  }

  private int left() throws SocketTimeoutException {
    long millis = (deadlineNanos - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("timed out");
    }
    return Math.toIntExact(Math.min(millis, Integer.MAX_VALUE));
  }

  private String request(URI url) {
    List<Map.Entry<String, String>> own = new ArrayList<>();
    headers.forEach(
        h -> own.add(Map.entry(h.path("name").asString(""), h.path("value").asString(""))));
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    StringBuilder text = new StringBuilder("GET " + path + query + " HTTP/1.1\r\n");
    otherwise(text, own, "Host", url.getRawAuthority());
    otherwise(text, own, "User-Agent", "kube-probe/1.35");
    otherwise(text, own, "Accept", "*/*");
    own.stream()
        .filter(h -> !h.getValue().isEmpty())
        .forEach(h -> line(text, h.getKey(), h.getValue()));
    return line(text, "Connection", "close").append("\r\n").toString();
  }

  private static void otherwise(
      StringBuilder text, List<Map.Entry<String, String>> own, String name, String value) {
    if (own.stream().noneMatch(h -> h.getKey().equalsIgnoreCase(name))) {
      line(text, name, value);
    }
  }

  private static StringBuilder line(StringBuilder text, String name, String value) {
    return text.append(name).append(": ").append(value.replaceAll("[\r\n]", " ")).append("\r\n");
  }

  private Answer answer(InputStream in) throws IOException {
    String status = line(in);
    String[] words = status.split(" ", 3);
    if (words.length < 2 || !words[0].startsWith("HTTP/") || !words[1].matches("\\d{3}")) {
      throw new IOException("malformed HTTP response \"" + status + "\"");
    }
    String location = "";
    int length = 0;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.toLowerCase(Locale.ROOT).startsWith("location:")) {
        location = header.substring("location:".length()).strip();
      } else if (header.matches("(?i)content-length: *\\d{1,9}")) {
        length = Integer.parseInt(header.substring("content-length:".length()).strip());
      }
    }
    int shown = location.isEmpty() ? 0 : Math.min(length, SHOWN);
    String body = new String(in.readNBytes(shown), StandardCharsets.UTF_8);
    return new Answer(Integer.parseInt(words[1]), location, body);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 || line.length() > LONGEST_HEAD) {
        throw new IOException(b < 0 ? "EOF" : "the header is too long");
      }
      line.append((char) b);
    }
    return line.toString().stripTrailing();
  }

  /** Reads until the time is up, however slowly the bytes come. */
  private final class Limited extends InputStream {
    private final Socket socket;

    Limited(Socket socket) {
      this.socket = socket;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      socket.setSoTimeout(left());
      return socket.getInputStream().read(bytes, from, length);
    }
  }
}
