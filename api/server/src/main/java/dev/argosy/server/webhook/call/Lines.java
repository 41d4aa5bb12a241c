package dev.argosy.server.webhook.call;

import dev.argosy.server.dial.AddressDialer;
import dev.argosy.server.dial.Connection;
import dev.argosy.server.dial.DialException;
import dev.argosy.server.dial.ServiceDialer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Makes connections to webhooks, and lays TLS over them. */
record Lines(ServiceDialer services, AddressDialer addresses, TrustedBundles trusted) {

  Connection dial(CallTarget target) throws DialException {
    return target.service().isPresent()
        ? services.dial(target.service().get())
        : addresses.dial(target.cluster(), target.host(), target.port());
  }

  /** TLS with the peer that has a certificate for the target's host. */
  SSLSocket secure(Connection connection, CallTarget target) throws IOException, CallException {
    SSLContext context = trusted.of(target.caBundle());
    SSLSocket socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(connection.asSocket(), target.host(), target.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    if (!isAddress(target.host())) {
      parameters.setServerNames(List.of(new SNIHostName(target.host())));
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static boolean isAddress(String host) {
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
