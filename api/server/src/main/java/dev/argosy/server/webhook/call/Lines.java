package dev.argosy.server.webhook.call;

import dev.argosy.server.dial.AddressDialer;
import dev.argosy.server.dial.Connection;
import dev.argosy.server.dial.DialException;
import dev.argosy.server.dial.ServiceDialer;
import dev.argosy.server.dial.TlsOver;
import java.io.IOException;
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
    return TlsOver.named(trusted.of(target.caBundle()), connection, target.host(), target.port());
  }
}
