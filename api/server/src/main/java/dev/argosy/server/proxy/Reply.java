package dev.argosy.server.proxy;

import dev.argosy.server.proxy.ReplyHead.Header;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** A backend's answer on its way to the client. */
final class Reply {

  /** About the connection to the backend only, or not the backend's to say. */
  private static final Set<String> KEPT_BACK =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "access-control-allow-credentials",
          "access-control-allow-headers",
          "access-control-allow-methods",
          "access-control-allow-origin");

  private static final Set<String> CODINGS = Set.of("", "gzip", "deflate");

  private final ReplyHead head;
  private final Links links;
  private final HttpServletResponse response;

  Reply(ReplyHead head, Links links, HttpServletResponse response) {
    this.head = head;
    this.links = links;
    this.response = response;
  }

  /**
   * Sends it.
   *
   * @param bodiless whether only the head is wanted
   */
  void send(InputStream in, boolean bodiless) throws IOException {
    ReplyBody body = ReplyBody.after(head, in, bodiless);
    boolean rewriting = rewritesLinks();
    response.setStatus(head.code());
    copyHeaders(rewriting ? Set.of("content-length") : Set.of());
    if (rewriting && !bodiless) {
      rewrite(body, response.getOutputStream());
    } else {
      copy(body, response.getOutputStream());
    }
  }

  private boolean rewritesLinks() {
    String type = head.first("Content-Type").replaceFirst(";.*", "").strip();
    return type.equals("text/html")
        && head.first("Location").isEmpty()
        && CODINGS.contains(coding());
  }

  private String coding() {
    return head.first("Content-Encoding");
  }

  /** All that are the client's to see; the backend's word replaces this server's. */
  void copyHeaders(Set<String> without) {
    Set<String> hop = new HashSet<>(KEPT_BACK);
    hop.addAll(without);
    for (String name : head.first("Connection").split(",")) {
      hop.add(name.strip().toLowerCase(Locale.ROOT));
    }
    Set<String> said = new HashSet<>();
    for (Header header : head.headers()) {
      String name = header.name().toLowerCase(Locale.ROOT);
      if (hop.contains(name)) {
        continue;
      }
      String value = name.equals("location") ? links.rewrite(header.value()) : header.value();
      if (said.add(name)) {
        response.setHeader(header.name(), value);
      } else {
        response.addHeader(header.name(), value);
      }
    }
  }

  private static void copy(InputStream body, OutputStream out) throws IOException {
    byte[] buffer = new byte[32 * 1024];
    for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
      out.write(buffer, 0, n);
      if (body.available() == 0) {
        out.flush();
      }
    }
  }

  private void rewrite(InputStream body, OutputStream out) throws IOException {
    switch (coding()) {
      case "gzip" -> {
        GZIPOutputStream packed = new GZIPOutputStream(out, 8192, true);
        page(new GZIPInputStream(body), packed);
        packed.finish();
      }
      case "deflate" -> {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        Inflater inflater = new Inflater(true);
        try {
          DeflaterOutputStream packed = new DeflaterOutputStream(out, deflater, 8192, true);
          page(new InflaterInputStream(body, inflater), packed);
          packed.finish();
        } finally {
          deflater.end();
          inflater.end();
        }
      }
      default -> page(body, out);
    }
  }

  private void page(InputStream body, OutputStream out) throws IOException {
    OutputStream buffered = new BufferedOutputStream(out, 16 * 1024);
    new HtmlLinks(body, buffered, links).copy();
    buffered.flush();
  }
}
