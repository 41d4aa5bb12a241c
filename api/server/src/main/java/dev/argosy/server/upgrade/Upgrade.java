package dev.argosy.server.upgrade;

import dev.argosy.server.http.raw.RawConnection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The {@code Upgrade} handshake of HTTP/1.1 (RFC 9110, section 7.8). */
public final class Upgrade {

  private Upgrade() {}

  /** Whether the client wants to leave HTTP for this protocol (case does not matter). */
  public static boolean wanted(HttpServletRequest request, String protocol) {
    return !request.getProtocol().startsWith("HTTP/2")
        && words(request, "Connection").contains("upgrade")
        && words(request, "Upgrade").contains(protocol.toLowerCase(Locale.ROOT));
  }

  /** Whether the client wants to leave HTTP for anything. */
  public static boolean wanted(HttpServletRequest request) {
    return !request.getProtocol().startsWith("HTTP/2")
        && words(request, "Connection").contains("upgrade")
        && !words(request, "Upgrade").isEmpty();
  }

  /** Answers 101 and begins the conversation once the response is out; returns before. */
  public static void to(
      String protocol,
      HttpServletRequest request,
      HttpServletResponse response,
      Conversation conversation) {
    RawConnection.after(
        request,
        (input, output, closing) ->
            conversation.converse(new UpgradedConnection(input, output, closing)));
    response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
    response.setHeader("Connection", "Upgrade");
    response.setHeader("Upgrade", protocol);
  }

  /** The comma-separated entries of all headers of that name, as they were sent. */
  public static List<String> entries(HttpServletRequest request, String header) {
    List<String> entries = new ArrayList<>();
    for (String line : Collections.list(request.getHeaders(header))) {
      for (String entry : line.split(",")) {
        if (!entry.isBlank()) {
          entries.add(entry.strip());
        }
      }
    }
    return entries;
  }

  private static List<String> words(HttpServletRequest request, String header) {
    return entries(request, header).stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
  }
}
