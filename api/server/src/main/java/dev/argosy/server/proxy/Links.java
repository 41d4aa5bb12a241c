package dev.argosy.server.proxy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes links that lead to the backend lead through the proxy.
 *
 * @param prefix the path under which the proxy shows the backend's root
 * @param backendHost the backend's own address
 * @param requestHost the host that the client asked
 */
record Links(String prefix, String backendHost, String requestHost) {

  /** Scheme, host, path, and the rest of a URL (RFC 3986, appendix B). */
  private static final Pattern URL =
      Pattern.compile("^(?:([A-Za-z][-+.\\w]*):)?(?://([^/?#]*))?([^?#]*)(.*)$", Pattern.DOTALL);

  /** The link as it should be; itself if it is relative or leads elsewhere. */
  String rewrite(String link) {
    Matcher url = URL.matcher(link);
    if (!url.matches()) {
      return link;
    }
    String host = url.group(2) == null ? "" : url.group(2);
    String path = url.group(3);
    boolean elsewhere = !host.isEmpty() && !host.equals(backendHost) && !host.equals(requestHost);
    if (elsewhere || !path.startsWith("/")) {
      return link;
    }
    boolean through = path.equals(prefix) || path.startsWith(prefix + "/");
    return (through ? path : prefix + path) + url.group(4);
  }
}
