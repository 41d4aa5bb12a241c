package dev.argosy.bench;

import dev.argosy.tenancy.PlatformSchema;
import dev.argosy.tenancy.audit.AuditEntry;
import dev.argosy.tenancy.audit.AuditField;
import dev.argosy.tenancy.audit.AuditLog;
import dev.argosy.tenancy.audit.AuditQuery;
import dev.argosy.tenancy.audit.AuditQuery.Condition;
import dev.argosy.tenancy.audit.AuditSearch;
import dev.argosy.tenancy.audit.ChainCheck;
import dev.argosy.tenancy.database.PlatformDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Searches among 10 million entries of the audit trail (or {@code BENCH_AUDIT_ROWS}) in a real
 * PostgreSQL with its default settings: half of them in one cluster, the rest in 200; 2,048 users,
 * a million names, over 90 days. What is searched for is frequent, rare, or not there. Then what
 * adding to a chain and verifying it costs.
 */
final class AuditTrailTimes implements Benchmark {

  private static final int ROUNDS = 10;
  private static final int PAGE = 500;
  private static final String BUDGET = "≤ 1,000 ms";
  private static final String TERMS =
      "create index audit_record_terms on audit_record using gin (audit_terms(cluster, user_name,"
          + " impersonated_user, source, verb, api_group, resource, subresource, namespace, name,"
          + " decision, code, audit_id))";

  /** Made without the triggers and the chain, which would take half an hour. */
  private static final String FILL =
      """
      insert into audit_record
      select cluster, row_number() over (partition by cluster order by g), t, t,
        'user-' || (hashint8(g + 7) & 2047), '', 'devs,system:authenticated',
        '10.0.' || g %% 20 || '.' || g %% 250, 'kubectl/v1.35.2 (linux/amd64)',
        (array['create','update','patch','patch','delete','update','create','deletecollection'])
          [1 + (hashint8(g * 3) & 7)],
        (array['','apps','batch',''])[1 + g %% 4],
        (array['configmaps','deployments','jobs','pods'])[1 + g %% 4], '', 'ns-' || g %% 40,
        'obj-' || (hashint8(g) & 1048575), '/', case when g %% 97 = 0 then 'forbid' else 'allow' end,
        case when g %% 97 = 0 then 403 when g %% 100003 = 0 then 500 else 200 end, md5(g::text),
        'ResponseComplete', 'Metadata', '/clusters/' || cluster || '/api/v1/namespaces/ns-' || g %% 40,
        '{"authorization.k8s.io/decision":"allow","authorization.k8s.io/reason":"RBAC: allowed"}',
        null, null, '', ''
      from (select g, now() - interval '90 days' + g * (interval '90 days' / %1$d) as t,
          case when g %% 2 = 0 then 'acme' else 'tenant-' || g / 2 %% 200 end as cluster
        from generate_series(1, %1$d::bigint) g) entries
      """;

  @Override
  public int limitSeconds() {
    return 3_600;
  }

  @Override
  public void run(Consumer<Result> out) throws Exception {
    long rows = Long.parseLong(System.getenv().getOrDefault("BENCH_AUDIT_ROWS", "10000000"));
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        PlatformDatabase database =
            PlatformDatabase.open(postgres.getPostgresDatabase(), PlatformSchema.entities())) {
      double took = Delays.millis(() -> fill(postgres.getPostgresDatabase(), rows));
      out.accept(new Result(rows + " entries, filled and indexed", took / 1e3, "s", ""));
      AuditSearch search = new AuditSearch(database, Duration.ofMinutes(5));
      for (Map.Entry<String, AuditQuery> asked : searches().entrySet()) {
        Delays delays =
            Delays.of(
                ROUNDS,
                () -> Delays.millis(() -> search.search(asked.getValue(), Optional.empty(), PAGE)));
        out.accept(new Result(asked.getKey() + ", p50", delays.at(50), "ms", BUDGET));
        out.accept(new Result(asked.getKey() + ", the slowest of 10", delays.at(99), "ms", BUDGET));
      }
      chain(database, out);
    }
  }

  private static void fill(DataSource source, long rows) {
    try (Connection connection = source.getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute("set session_replication_role = replica");
      sql.execute("set maintenance_work_mem = '512MB'");
      sql.execute("drop index audit_record_terms");
      sql.execute(
          "select audit_make_part(now() - make_interval(months => g)) from generate_series(0, 3) g");
      sql.execute(FILL.formatted(rows));
      sql.execute(TERMS);
      sql.execute("vacuum analyze audit_record");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, AuditQuery> searches() {
    Map<String, AuditQuery> all = new LinkedHashMap<>();
    all.put("the newest of a cluster", in("acme"));
    all.put("the newest of all clusters", in(""));
    all.put("verb, every fourth", in("acme", AuditField.VERB, "create"));
    all.put("user, one in 2,048", in("acme", AuditField.USER, "user-77"));
    all.put("user, in all clusters", in("", AuditField.USER, "user-77"));
    all.put("user, in a small cluster", in("tenant-7", AuditField.USER, "user-77"));
    all.put("name, one in a million", in("acme", AuditField.NAME, "obj-4711"));
    all.put("code, one in 100,003", in("acme", AuditField.CODE, "500"));
    all.put("source, one in 500", in("", AuditField.SOURCE, "10.0.7.7"));
    all.put(
        "user, verb and decision, all but none",
        in(
            "acme",
            AuditField.USER,
            "user-77",
            AuditField.VERB,
            "delete",
            AuditField.DECISION,
            "forbid"));
    all.put(
        "namespace and resource that never meet",
        in("", AuditField.NAMESPACE, "ns-1", AuditField.RESOURCE, "pods"));
    all.put("audit id that is not there", in("", AuditField.AUDIT_ID, "none"));
    all.put(
        "user, until two months ago",
        new AuditQuery(
            Optional.of("acme"),
            List.of(new Condition(AuditField.USER, true, "user-77")),
            Optional.empty(),
            Optional.of(Instant.now().minus(Duration.ofDays(60)))));
    return all;
  }

  private static AuditQuery in(String cluster, Object... fields) {
    List<Condition> conditions = new ArrayList<>();
    for (int i = 0; i < fields.length; i += 2) {
      conditions.add(new Condition((AuditField) fields[i], true, (String) fields[i + 1]));
    }
    return new AuditQuery(
        Optional.of(cluster).filter(c -> !c.isEmpty()),
        conditions,
        Optional.empty(),
        Optional.empty());
  }

  private static void chain(PlatformDatabase database, Consumer<Result> out) throws Exception {
    AuditLog log = new AuditLog(database);
    List<AuditEntry> batch = new ArrayList<>();
    for (int i = 0; i < PAGE; i++) {
      batch.add(entry("obj-" + i));
    }
    Delays.of(100, () -> Delays.millis(() -> log.append(batch)))
        .report("a batch of 500 entries added to a chain", "ms", out);
    ChainCheck check = new ChainCheck(database);
    Delays.of(ROUNDS, () -> Delays.millis(() -> check.check("chained", Optional.empty(), 50_000)))
        .report("50,000 entries of a chain verified", "ms", out);
  }

  private static AuditEntry entry(String name) {
    return new AuditEntry(
        Instant.now(),
        new AuditEntry.Who("alice", "", List.of("devs"), "10.0.0.1", "kubectl/v1.35.2"),
        new AuditEntry.Action("create", "chained", "", "pods", "", "default", name, "/api/v1/pods"),
        new AuditEntry.Answer("allow", 201),
        AuditEntry.Details.NONE);
  }
}
