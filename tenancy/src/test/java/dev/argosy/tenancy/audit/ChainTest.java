package dev.argosy.tenancy.audit;

import static dev.argosy.tenancy.audit.TrailRig.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.tenancy.audit.ChainFinding.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChainTest {

  private static TrailRig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = TrailRig.start();
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  /** A chain of five. */
  private static void chain(String cluster) {
    rig.append(
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> entry(cluster, "e" + i))
            .toArray(AuditEntry[]::new));
  }

  private static ChainFinding finding(String cluster) {
    return rig.check(cluster).finding().orElseThrow();
  }

  @Test
  void eachClusterHasAChainOfItsOwn() {
    rig.append(entry("own", "a"), entry("other", "b"), entry("own", "c"));
    ChainReport report = rig.check("own");
    assertThat(report.finding()).isEmpty();
    assertThat(report.entries()).isEqualTo(2);
    assertThat(report.to()).isEqualTo(report.end());
    assertThat(report.complete()).isTrue();
    assertThat(rig.check("other").entries()).isEqualTo(1);
    assertThat(rig.check("none").end()).isEqualTo(ChainPoint.START);
  }

  @Test
  void keepsWhatWasSaid() {
    AuditEntry said = entry("said", "web");
    rig.append(said);
    AuditRecord kept = rig.find("said", 1);
    assertThat(kept.entry().who()).isEqualTo(said.who());
    assertThat(kept.entry().what()).isEqualTo(said.what());
    assertThat(kept.entry().details().annotations()).isEqualTo(said.details().annotations());
    assertThat(kept.entry().details().request())
        .contains("{\"kind\" :\"Pod\",\"nul\":\"x\\ufffd\\\\u0000\"}");
    assertThat(kept.previous()).isEqualTo(ChainHash.NONE);
  }

  @Test
  void manyServersMakeOneChain() {
    List<CompletableFuture<Void>> servers = new ArrayList<>();
    for (int s = 0; s < 4; s++) {
      int server = s;
      servers.add(
          CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 25; i++) {
              // each its own order of clusters
              String first = server % 2 == 0 ? "many-a" : "many-b";
              String second = server % 2 == 0 ? "many-b" : "many-a";
              String name = server + "-" + i;
              rig.append(entry(first, name), entry(second, name), entry(first, name + "x"));
            }
          }));
    }
    servers.forEach(CompletableFuture::join);
    for (String cluster : List.of("many-a", "many-b")) {
      ChainReport report = rig.check(cluster);
      assertThat(report.finding()).isEmpty();
      assertThat(report.entries()).isEqualTo(150);
    }
  }

  @Test
  void findsWhatWasAltered() throws Exception {
    chain("altered");
    for (String column :
        List.of(
            "user_name",
            "impersonated_user",
            "user_groups",
            "source",
            "user_agent",
            "verb",
            "api_group",
            "resource",
            "subresource",
            "namespace",
            "name",
            "path",
            "decision",
            "audit_id",
            "stage",
            "level",
            "uri")) {
      String where = " where cluster = 'altered' and sequence = 3";
      String was = rig.texts("select " + column + " from audit_record" + where).getFirst();
      rig.tamper("update audit_record set " + column + " = 'forged'" + where);
      assertThat(finding("altered").sequence()).as(column).isEqualTo(3);
      rig.tamper("update audit_record set " + column + " = '" + was + "'" + where);
      assertThat(rig.check("altered").finding()).as(column).isEmpty();
    }
    for (String change :
        List.of(
            "code = 500",
            "at = at + interval '1 microsecond'",
            "annotations = '{}'",
            "request = null",
            "response = '{}'",
            "hash = ''",
            "previous = '\\x00'")) {
      String cluster = "altered-" + change.substring(0, 4).trim();
      chain(cluster);
      rig.tamper(
          "update audit_record set "
              + change
              + " where cluster = '"
              + cluster
              + "' and sequence = 4");
      assertThat(finding(cluster).kind()).as(change).isEqualTo(Kind.ALTERED);
      assertThat(finding(cluster).sequence()).as(change).isEqualTo(4);
    }
  }

  @Test
  void findsWhatIsMissing() throws Exception {
    chain("missing");
    rig.tamper("delete from audit_record where cluster = 'missing' and sequence in (2, 3)");
    assertThat(finding("missing").kind()).isEqualTo(Kind.MISSING);
    assertThat(finding("missing").sequence()).isEqualTo(2);
    chain("first");
    rig.tamper("delete from audit_record where cluster = 'first' and sequence = 1");
    assertThat(finding("first").sequence()).isEqualTo(1);
    chain("tail");
    rig.tamper("delete from audit_record where cluster = 'tail' and sequence >= 4");
    assertThat(finding("tail").kind()).isEqualTo(Kind.MISSING);
    assertThat(finding("tail").sequence()).isEqualTo(4);
    chain("all");
    rig.tamper("delete from audit_record where cluster = 'all'");
    assertThat(finding("all").sequence()).isEqualTo(1);
  }

  @Test
  void findsWhatWasMoved() throws Exception {
    chain("swapped");
    rig.tamper(
        "update audit_record set sequence = case sequence when 2 then 104 else 102 end where"
            + " cluster = 'swapped' and sequence in (2, 4)");
    rig.tamper(
        "update audit_record set sequence = sequence - 100 where cluster = 'swapped' and sequence"
            + " > 100");
    assertThat(finding("swapped").kind()).isEqualTo(Kind.MOVED);
    assertThat(finding("swapped").sequence()).isEqualTo(2);
    chain("away");
    rig.tamper("update audit_record set sequence = 9 where cluster = 'away' and sequence = 3");
    assertThat(finding("away").kind()).isEqualTo(Kind.MOVED);
    assertThat(finding("away").message()).isEqualTo("it stands at 9");
  }

  @Test
  void findsWhatWasReplacedTogetherWithItsHash() throws Exception {
    chain("replaced");
    rig.tamper(
        "update audit_record set user_name = 'mallory' where cluster = 'replaced' and sequence = 3");
    rig.tamper(
        "update audit_record r set hash = audit_digest(r) where cluster = 'replaced' and sequence ="
            + " 3");
    assertThat(finding("replaced").kind()).isEqualTo(Kind.REPLACED);
    assertThat(finding("replaced").sequence()).isEqualTo(3);
    chain("end");
    rig.tamper("update audit_record set name = 'x' where cluster = 'end' and sequence = 5");
    rig.tamper(
        "update audit_record r set hash = audit_digest(r) where cluster = 'end' and sequence = 5");
    assertThat(finding("end").sequence()).isEqualTo(5);
  }

  @Test
  void whoNotedAPlaceFindsARewrittenChain() throws Exception {
    chain("noted");
    ChainPoint noted = rig.check("noted").end();
    chain("noted");
    ChainCheck check = new ChainCheck(rig.database());
    assertThat(check.check("noted", Optional.of(noted), 100).entries()).isEqualTo(5);
    rig.tamper("delete from audit_record where cluster = 'noted'");
    rig.tamper("delete from audit_chain where cluster = 'noted'");
    chain("noted");
    chain("noted");
    assertThat(rig.check("noted").finding()).isEmpty();
    ChainFinding finding = check.check("noted", Optional.of(noted), 100).finding().orElseThrow();
    assertThat(finding.kind()).isEqualTo(Kind.REPLACED);
    assertThat(finding.sequence()).isEqualTo(5);
  }

  @Test
  void goesOnWhereAPieceEnded() {
    chain("pieces");
    ChainCheck check = new ChainCheck(rig.database());
    ChainReport first = check.check("pieces", Optional.empty(), 2);
    assertThat(first.complete()).isFalse();
    assertThat(first.to().sequence()).isEqualTo(2);
    ChainReport second = check.check("pieces", Optional.of(first.to()), 3);
    assertThat(second.complete()).isTrue();
    assertThat(second.finding()).isEmpty();
  }

  @Test
  void theDatabaseRefusesChanges() {
    chain("guarded");
    for (String change :
        List.of(
            "update audit_record set user_name = 'x' where cluster = 'guarded'",
            "delete from audit_record where cluster = 'guarded'",
            "truncate audit_record",
            "update audit_chain set sequence = 1 where cluster = 'guarded'",
            "update audit_chain set sequence = 9 where cluster = 'guarded'",
            "delete from audit_chain where cluster = 'guarded'",
            "truncate audit_chain",
            "truncate audit_anchor",
            // what was recorded today cannot be forgotten
            "insert into audit_anchor select cluster, sequence, hash, recorded_at from audit_chain",
            "select audit_forget('guarded', now(), 10)")) {
      assertThatThrownBy(() -> rig.run(change))
          .as(change)
          .hasMessageContaining("the audit trail is append only");
    }
    assertThat(rig.check("guarded").finding()).isEmpty();
  }
}
