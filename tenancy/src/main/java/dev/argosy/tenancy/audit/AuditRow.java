package dev.argosy.tenancy.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** An entry of the trail; never changed. */
@Entity
@Immutable
@Table(name = "audit_entry")
class AuditRow {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  @Column(name = "id")
  private long id;

  @Column(name = "at", nullable = false)
  private Instant at = Instant.EPOCH;

  @Column(name = "user_name", nullable = false)
  private String userName = "";

  @Column(name = "user_groups", nullable = false)
  private String userGroups = "";

  @Column(name = "source", nullable = false)
  private String source = "";

  @Column(name = "user_agent", nullable = false)
  private String userAgent = "";

  @Column(name = "verb", nullable = false)
  private String verb = "";

  @Column(name = "cluster", nullable = false)
  private String cluster = "";

  @Column(name = "api_group", nullable = false)
  private String group = "";

  @Column(name = "resource", nullable = false)
  private String resource = "";

  @Column(name = "subresource", nullable = false)
  private String subresource = "";

  @Column(name = "namespace", nullable = false)
  private String namespace = "";

  @Column(name = "name", nullable = false)
  private String name = "";

  @Column(name = "path", nullable = false)
  private String path = "";

  @Column(name = "decision", nullable = false)
  private String decision = "";

  @Column(name = "code", nullable = false)
  private int code;

  @Column(name = "audit_id", nullable = false)
  private String auditId = "";

  @Column(name = "stage", nullable = false)
  private String stage = "";

  @Column(name = "level", nullable = false)
  private String level = "";

  @Column(name = "uri", nullable = false)
  private String uri = "";

  @JdbcTypeCode(SqlTypes.JSON)
  @Column(name = "annotations", nullable = false)
  private String annotations = "{}";

  @JdbcTypeCode(SqlTypes.JSON)
  @Column(name = "request")
  private @Nullable String request;

  @JdbcTypeCode(SqlTypes.JSON)
  @Column(name = "response")
  private @Nullable String response;

  protected AuditRow() {}

  AuditRow(AuditEntry entry) {
    AuditEntry.Action what = entry.what();
    at = entry.at();
    userName = text(entry.who());
    userGroups = text(String.join(",", entry.groups()));
    source = text(entry.source());
    userAgent = text(entry.userAgent());
    verb = text(what.verb());
    cluster = text(what.cluster());
    group = text(what.group());
    resource = text(what.resource());
    subresource = text(what.subresource());
    namespace = text(what.namespace());
    name = text(what.name());
    path = text(what.path());
    decision = entry.decision();
    code = entry.code();
    AuditEntry.Details details = entry.details();
    auditId = text(details.auditId());
    stage = details.stage();
    level = details.level();
    uri = text(details.uri());
    annotations = details.annotations();
    request = details.request().orElse(null);
    response = details.response().orElse(null);
  }

  /** PostgreSQL text holds no NUL, and what clients send can be as long as they like. */
  private static String text(String given) {
    String clean = given.replace("\0", "");
    return clean.length() <= 1024 ? clean : clean.substring(0, 1024);
  }

  AuditEntry entry() {
    List<String> groups = userGroups.isEmpty() ? List.of() : List.of(userGroups.split(","));
    AuditEntry.Action what =
        new AuditEntry.Action(verb, cluster, group, resource, subresource, namespace, name, path);
    AuditEntry.Details details =
        new AuditEntry.Details(
            auditId,
            stage,
            level,
            uri,
            annotations,
            Optional.ofNullable(request),
            Optional.ofNullable(response));
    return new AuditEntry(at, userName, groups, source, userAgent, what, decision, code, details);
  }
}
