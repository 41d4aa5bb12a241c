package dev.argosy.server.proxy;

import dev.argosy.model.object.ApiObject;
import dev.argosy.server.dial.Connection;
import dev.argosy.server.dial.PodDialer;
import dev.argosy.server.dial.TlsOver;
import dev.argosy.server.dial.TrustAnyone;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Where a request goes: a pod's port. Nobody vouches for certificates of pods, so none is checked,
 * as Kubernetes' proxy does; the node's tunnel says that it is the right pod.
 *
 * @param secure whether TLS is spoken there
 * @param address the pod's, or one of them
 * @param port empty for the usual one
 */
record Backend(PodDialer dialer, ApiObject pod, boolean secure, String address, OptionalInt port) {

  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  /** The address, and the port if it is not the usual one, as in a URL. */
  String host() {
    String host = address.indexOf(':') < 0 ? address : "[" + address + "]";
    return port.isEmpty() ? host : host + ":" + port.getAsInt();
  }

  /** Makes one connection. */
  Connection open() throws IOException {
    int number = port.orElse(secure ? HTTPS : HTTP);
    Connection plain = dialer.dial(pod, number);
    if (!secure) {
      return plain;
    }
    boolean stands = false;
    try {
      SSLSocket socket = TlsOver.anyone(anyone(), plain, address, number);
      stands = true;
      return new Connection(socket.getInputStream(), socket.getOutputStream(), plain);
    } finally {
      if (!stands) {
        plain.close();
      }
    }
  }

  /** New each time: nothing of one pod's session is known to another. */
  private static SSLContext anyone() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAnyone()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }
}
