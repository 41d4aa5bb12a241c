package dev.argosy.server.authn;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.ClusterDirectory;
import dev.argosy.server.access.ClusterScope;
import dev.argosy.server.pki.ClusterUri;
import dev.argosy.server.pki.LateNode;
import dev.argosy.server.pki.SubjectNames;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * The identity in a client certificate: CN is the user, each O a group. A certificate belongs to
 * the logical cluster in its alternative name {@link ClusterUri}; without one it belongs to root,
 * as certificates of nodes and platform administrators do.
 */
final class CertificateIdentity {

  private static final int URI_NAME = 6;
  private static final String CREDENTIAL = "authentication.kubernetes.io/credential-id";

  private CertificateIdentity() {}

  /**
   * The identity; empty if the certificate names no user, more than one cluster, or one that is
   * gone.
   */
  static Optional<UserInfo> of(X509Certificate certificate, ClusterDirectory directory) {
    SubjectNames subject =
        SubjectNames.of(X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()));
    Optional<ClusterUri> cluster = cluster(certificate).filter(uri -> uri.meant(directory));
    if (subject.user().isEmpty() || cluster.isEmpty() || subject.uids().size() > 1) {
      return Optional.empty();
    }
    List<String> groups = new ArrayList<>(subject.groups());
    groups.add(UserInfo.AUTHENTICATED);
    String uid = subject.uids().isEmpty() ? "" : subject.uids().getFirst();
    UserInfo user =
        new UserInfo(
            subject.user(), uid, groups, Map.of(CREDENTIAL, List.of(fingerprint(certificate))));
    return Optional.of(ClusterScope.confine(user, cluster.get().cluster()));
  }

  /** A node that may ask for its next certificate, since this one has ended. */
  static Optional<UserInfo> late(X509Certificate certificate, Instant now) {
    return cluster(certificate).filter(ClusterUri.ROOT::equals).isEmpty()
        ? Optional.empty()
        : LateNode.of(certificate, now)
            .map(user -> ClusterScope.confine(user, ClusterDirectory.ROOT));
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return "X509SHA256=" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("a certificate cannot be hashed", e);
    }
  }

  private static Optional<ClusterUri> cluster(X509Certificate certificate) {
    List<ClusterUri> clusters = new ArrayList<>();
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      for (List<?> name : names == null ? List.<List<?>>of() : names) {
        if (name.getFirst().equals(URI_NAME) && name.get(1) instanceof String uri) {
          ClusterUri.parse(uri).ifPresent(clusters::add);
        }
      }
    } catch (CertificateParsingException e) {
      return Optional.empty();
    }
    return switch (clusters.size()) {
      case 0 -> Optional.of(ClusterUri.ROOT);
      case 1 -> Optional.of(clusters.getFirst());
      default -> Optional.empty();
    };
  }
}
