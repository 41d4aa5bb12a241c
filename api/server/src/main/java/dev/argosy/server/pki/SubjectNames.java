package dev.argosy.server.pki;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * Whom a certificate, or a request for one, speaks of, as Kubernetes reads its subject.
 *
 * @param user the common name; empty if there is not exactly one
 * @param groups the organizations, in their order
 * @param uids what stands at Kubernetes' own identifier for the user's uid; none or one is good
 */
public record SubjectNames(String user, List<String> groups, List<String> uids) {

  private static final ASN1ObjectIdentifier UID = new ASN1ObjectIdentifier("1.3.6.1.4.1.57683.2");

  public SubjectNames {
    groups = List.copyOf(groups);
    uids = List.copyOf(uids);
  }

  public static SubjectNames of(X500Name subject) {
    List<String> names = values(subject, BCStyle.CN);
    return new SubjectNames(
        names.size() == 1 ? names.getFirst() : "",
        values(subject, BCStyle.O),
        values(subject, UID));
  }

  private static List<String> values(X500Name subject, ASN1ObjectIdentifier type) {
    List<String> values = new ArrayList<>();
    for (RDN rdn : subject.getRDNs()) {
      for (AttributeTypeAndValue pair : rdn.getTypesAndValues()) {
        if (pair.getType().equals(type) && pair.getValue() instanceof ASN1String text) {
          values.add(text.getString());
        }
      }
    }
    return values;
  }
}
