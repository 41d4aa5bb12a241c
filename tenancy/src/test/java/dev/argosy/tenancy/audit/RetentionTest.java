package dev.argosy.tenancy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RetentionTest {

  private static TrailRig rig;
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @BeforeAll
  static void start() throws Exception {
    rig = TrailRig.start();
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  /** As if they had been recorded so many days ago. */
  private static void recorded(String cluster, int... daysAgo) throws Exception {
    for (int days : daysAgo) {
      Instant then = NOW.minus(Duration.ofDays(days));
      rig.run("select audit_make_part('" + then + "')");
      AuditEntry entry = TrailRig.entry(cluster, "alice", "d" + days, 201, then);
      String row = NewEntries.json(entry).put("recorded_at", then.toString()).toString();
      rig.run("select audit_append('[" + row.replace("'", "''") + "]')");
    }
  }

  private static List<String> parts() throws Exception {
    return rig.texts(
        "select inhrelid::regclass::text from pg_inherits where inhparent ="
            + " 'audit_record'::regclass order by 1");
  }

  @Test
  void forgetsByTenantAndTheRestStillVerifies() throws Exception {
    recorded("long", 400, 300, 100, 2);
    recorded("short", 400, 300, 100, 20, 2);
    ChainPoint noted = rig.check("short").end();
    List<String> before = parts();
    AuditRetention retention = new AuditRetention(rig.database());
    retention.forget(NOW, c -> Duration.ofDays(c.equals("short") ? 30 : 365));
    assertThat(rig.texts("select name from audit_record where cluster = 'short' order by sequence"))
        .containsExactly("d20", "d2");
    assertThat(rig.texts("select name from audit_record where cluster = 'long' order by sequence"))
        .containsExactly("d300", "d100", "d2");
    assertThat(parts()).as("the oldest went as a whole").hasSizeLessThan(before.size());
    assertThat(rig.texts("select to_regclass('" + before.getFirst() + "')::text"))
        .containsOnlyNulls();
    ChainReport report = rig.check("short");
    assertThat(report.finding()).isEmpty();
    assertThat(report.from().sequence()).isEqualTo(3);
    assertThat(report.end()).isEqualTo(noted);
    assertThat(rig.check("long").from().sequence()).isEqualTo(1);
    assertThat(rig.check("long").finding()).isEmpty();
    assertThat(new ChainCheck(rig.database()).check("short", Optional.of(noted), 10).finding())
        .isEmpty();
    // again, and nothing happens
    retention.forget(NOW, c -> Duration.ofDays(c.equals("short") ? 30 : 365));
    assertThat(rig.check("short").entries()).isEqualTo(2);
    // what lies behind the anchor is guarded as before
    rig.tamper("delete from audit_record where cluster = 'short' and name = 'd20'");
    assertThat(rig.check("short").finding().orElseThrow().sequence()).isEqualTo(4);
  }

  @Test
  void goesOnWhereAServerStopped() throws Exception {
    recorded("stopped", 800, 760, 2);
    List<String> before = parts();
    // one server stopped after it had detached a part
    try (Connection connection = rig.connect();
        Statement sql = connection.createStatement()) {
      sql.execute(
          "insert into audit_anchor select cluster, sequence, hash, recorded_at from audit_record"
              + " where cluster = 'stopped' and sequence = 1");
      sql.execute(
          "alter table audit_record detach partition " + before.getFirst() + " concurrently");
    }
    new AuditRetention(rig.database()).forget(NOW, c -> Duration.ofDays(700));
    assertThat(
            rig.texts(
                "select relname from pg_class where relname in ('"
                    + before.get(0)
                    + "', '"
                    + before.get(1)
                    + "')"))
        .isEmpty();
    ChainReport report = rig.check("stopped");
    assertThat(report.finding()).isEmpty();
    assertThat(report.entries()).isEqualTo(1);
  }

  @Test
  void partsAreMadeAheadAndStopNobody() throws Exception {
    AuditLog log = new AuditLog(rig.database());
    try (Connection writer = rig.connect();
        Statement sql = writer.createStatement()) {
      writer.setAutoCommit(false);
      String row = NewEntries.json(TrailRig.entry("writing", "open")).toString();
      sql.execute("select audit_append('[" + row.replace("'", "''") + "]')");
      // while that transaction is open, parts come and others write
      rig.run("set lock_timeout = '5s'; select audit_make_part(now() + interval '5 months')");
      rig.append(TrailRig.entry("meanwhile", "other"));
      log.makeRoom();
      writer.commit();
    }
    assertThat(parts().size()).isGreaterThanOrEqualTo(4);
    assertThat(rig.check("writing").entries()).isEqualTo(1);
  }
}
