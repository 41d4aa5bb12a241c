package dev.argosy.server.pki;

import dev.argosy.model.access.UserInfo;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * A node that comes with a certificate which has ended, since its machine slept for too long to
 * renew it. It may ask for the next certificate and do nothing else, for as long again as a
 * certificate lasts, and only while its Node object is there: who deletes that has ended it for
 * good.
 */
public final class LateNode {

  /** The group of such nodes; bound to the role of those that join. */
  public static final String GROUP = "system:nodes:late";

  static final String USER = "system:node:";
  private static final Duration GRACE = CertificateAuthority.LONGEST;

  private LateNode() {}

  /** Who shows the certificate; empty if it is no node's, has not ended, or did too long ago. */
  public static Optional<UserInfo> of(X509Certificate certificate, Instant now) {
    Instant end = certificate.getNotAfter().toInstant();
    if (!now.isAfter(end) || now.isAfter(end.plus(GRACE))) {
      return Optional.empty();
    }
    SubjectNames subject =
        SubjectNames.of(X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()));
    return subject.user().startsWith(USER) && subject.groups().equals(List.of("system:nodes"))
        ? Optional.of(
            new UserInfo(subject.user(), "", List.of(GROUP, UserInfo.AUTHENTICATED), Map.of()))
        : Optional.empty();
  }
}
