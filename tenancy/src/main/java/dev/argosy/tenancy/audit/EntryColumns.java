package dev.argosy.tenancy.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Rows of {@code audit_record} as values. */
final class EntryColumns {

  /** Everything but the bodies, which may be long. */
  static final String SHORT =
      "cluster, sequence, recorded_at, at, user_name, impersonated_user, user_groups, source,"
          + " user_agent, verb, api_group, resource, subresource, namespace, name, path, decision,"
          + " code, audit_id, stage, level, uri, annotations, previous, hash";

  static final String ALL = SHORT + ", request, response";

  private EntryColumns() {}

  /** A row that was read with {@link #ALL}. */
  static AuditRecord whole(ResultSet row) throws SQLException {
    return read(
        row,
        Optional.ofNullable(row.getString("request")),
        Optional.ofNullable(row.getString("response")));
  }

  /** A row that was read with {@link #SHORT}; it has no bodies. */
  static AuditRecord shortened(ResultSet row) throws SQLException {
    return read(row, Optional.empty(), Optional.empty());
  }

  private static AuditRecord read(
      ResultSet row, Optional<String> request, Optional<String> response) throws SQLException {
    AuditEntry entry =
        new AuditEntry(
            time(row, "at"),
            who(row),
            what(row),
            new AuditEntry.Answer(row.getString("decision"), row.getInt("code")),
            new AuditEntry.Details(
                row.getString("audit_id"),
                row.getString("stage"),
                row.getString("level"),
                row.getString("uri"),
                row.getString("annotations"),
                request,
                response));
    return new AuditRecord(
        new ChainPoint(row.getLong("sequence"), ChainHash.of(row.getBytes("hash"))),
        time(row, "recorded_at"),
        ChainHash.of(row.getBytes("previous")),
        entry);
  }

  private static AuditEntry.Who who(ResultSet row) throws SQLException {
    String groups = row.getString("user_groups");
    return new AuditEntry.Who(
        row.getString("user_name"),
        row.getString("impersonated_user"),
        groups.isEmpty() ? List.of() : List.of(groups.split(",", -1)),
        row.getString("source"),
        row.getString("user_agent"));
  }

  private static AuditEntry.Action what(ResultSet row) throws SQLException {
    return new AuditEntry.Action(
        row.getString("verb"),
        row.getString("cluster"),
        row.getString("api_group"),
        row.getString("resource"),
        row.getString("subresource"),
        row.getString("namespace"),
        row.getString("name"),
        row.getString("path"));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
