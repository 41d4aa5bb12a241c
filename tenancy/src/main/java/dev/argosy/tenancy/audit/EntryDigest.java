package dev.argosy.tenancy.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Computes what {@code audit_digest} in the database computed when an entry was added. The form is
 * part of the product: tenants may compute it themselves from what the API shows them (see
 * docs/decisions/0033-audit-chain.md).
 */
final class EntryDigest {

  private EntryDigest() {}

  static ChainHash of(AuditRecord entry) {
    return of(entry, entry.sequence());
  }

  /** The hash that it would have at another place, after the same entry. */
  static ChainHash of(AuditRecord placed, long sequence) {
    MessageDigest sha = sha256();
    sha.update(placed.previous().bytes());
    return ChainHash.of(sha.digest(content(placed, sequence).getBytes(StandardCharsets.UTF_8)));
  }

  private static String content(AuditRecord placed, long sequence) {
    AuditEntry entry = placed.entry();
    AuditEntry.Who who = entry.who();
    AuditEntry.Action what = entry.what();
    AuditEntry.Details details = entry.details();
    return new Parts()
        .text(what.cluster())
        .number(sequence)
        .number(micros(placed.recordedAt()))
        .number(micros(entry.at()))
        .text(who.user())
        .text(who.impersonated())
        .text(String.join(",", who.groups()))
        .text(who.source())
        .text(who.userAgent())
        .text(what.verb())
        .text(what.group())
        .text(what.resource())
        .text(what.subresource())
        .text(what.namespace())
        .text(what.name())
        .text(what.path())
        .text(entry.answer().decision())
        .number(entry.answer().code())
        .text(details.auditId())
        .text(details.stage())
        .text(details.level())
        .text(details.uri())
        .text(details.annotations())
        .text(details.request().orElse(""))
        .text(details.response().orElse(""))
        .toString();
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  /** Texts with their length in front, so that no two lists of parts look the same. */
  private static final class Parts {
    private final StringBuilder all = new StringBuilder(1024);

    Parts text(String part) {
      all.append(part.getBytes(StandardCharsets.UTF_8).length).append(':').append(part).append(',');
      return this;
    }

    Parts number(long part) {
      all.append(part).append(',');
      return this;
    }

    @Override
    public String toString() {
      return all.toString();
    }
  }
}
