package dev.argosy.server.aggregate.remote;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.status.Status;
import dev.argosy.server.relay.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Who asks, in headers.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#authenticating-proxy">Authenticating
 *     proxy</a>
 */
final class UserHeaders {

  private static final String TOKEN_SIGNS = "!#$&'*+-.^_`|~";

  private UserHeaders() {}

  /**
   * The headers of a user.
   *
   * @throws dev.argosy.model.status.StatusException if a name cannot stand in a header
   */
  static List<Header> of(UserInfo user) {
    List<Header> headers = new ArrayList<>();
    headers.add(header("X-Remote-User", user.name()));
    if (!user.uid().isEmpty()) {
      headers.add(header("X-Remote-Uid", user.uid()));
    }
    user.groups().forEach(group -> headers.add(header("X-Remote-Group", group)));
    user.extra()
        .forEach((key, values) ->
            values.forEach(value -> headers.add(header("X-Remote-Extra-" + escaped(key), value))));
    return headers;
  }

  private static Header header(String name, String value) {
    if (value.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw Status.badRequest("the user's " + name.substring(9) + " cannot be sent in a header")
          .asException();
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return new Header(name, new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** Everything that may not stand in a header's name, and the sign that says so. */
  private static String escaped(String key) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || TOKEN_SIGNS.indexOf(c) >= 0;
      if (plain) {
        escaped.append(c);
      } else {
        escaped.append(String.format("%%%02X", b & 0xff));
      }
    }
    return escaped.toString();
  }
}
