package dev.argosy.server.proxy;

import dev.argosy.server.relay.Header;
import dev.argosy.server.relay.HopHeaders;
import dev.argosy.server.relay.ReplyBody;
import dev.argosy.server.relay.ReplyHead;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** A backend's answer on its way to the client. */
final class Reply {

  /** Which origins may read this server's answers is not the backend's to say. */
  private static final Set<String> KEPT_BACK =
      Set.of(
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
   * @param method of the request
   */
  void send(ReplyBody body, String method) throws IOException {
    boolean rewriting = rewritesLinks();
    response.setStatus(head.code());
    copyHeaders();
    if (!rewriting) {
      head.length(method).ifPresent(length -> response.setHeader("Content-Length", length));
    }
    if (rewriting && !method.equals("HEAD")) {
      rewrite(body, response.getOutputStream());
    } else {
      body.sendTo(response);
    }
  }

  private boolean rewritesLinks() {
    String type = head.first("Content-Type").orElse("").replaceFirst(";.*", "").strip();
    return type.equals("text/html")
        && head.first("Location").isEmpty()
        && CODINGS.contains(coding());
  }

  private String coding() {
    return head.first("Content-Encoding").orElse("");
  }

  /** All that are the client's to see; the backend's word replaces this server's. */
  void copyHeaders() {
    Set<String> said = new HashSet<>();
    for (Header header : HopHeaders.without(head)) {
      String key = header.key();
      if (KEPT_BACK.contains(key)) {
        continue;
      }
      String value = key.equals("location") ? links.rewrite(header.value()) : header.value();
      if (said.add(key)) {
        response.setHeader(header.name(), value);
      } else {
        response.addHeader(header.name(), value);
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
