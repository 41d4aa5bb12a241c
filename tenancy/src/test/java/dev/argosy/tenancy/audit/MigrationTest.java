package dev.argosy.tenancy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationTest {

  private static final String OLD_COLUMNS =
      "at, user_name, user_groups, source, user_agent, verb, cluster, api_group, resource,"
          + " subresource, namespace, name, path, decision, code";

  private static String row(int i) {
    return " select now() - make_interval(days => 100 - g % 100), 'user-' || g % 7, 'a,b', '10.0.0.1',"
        + " 'kubectl', 'create', 'c' || g % 3, '', 'pods', '', 'default', 'n' || g, '/api', 'allow',"
        + " 201 from generate_series(1, "
        + i
        + ") g";
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "4"})
  void oldEntriesAreChained(String version) throws Exception {
    try (TrailRig rig = TrailRig.at(version)) {
      rig.run("insert into audit_entry (" + OLD_COLUMNS + ")" + row(600));
      if (version.equals("4")) {
        rig.run(
            "update audit_entry set audit_id = 'id' || id, request = '{\"a\": 1.50}', annotations ="
                + " '{\"k\": \"v\"}'");
      }
      rig.open();
      for (String cluster : List.of("c0", "c1", "c2")) {
        ChainReport report = rig.check(cluster);
        assertThat(report.finding()).isEmpty();
        assertThat(report.entries()).isEqualTo(200);
      }
      assertThat(rig.texts("select count(*) from audit_record r where hash <> audit_digest(r)"))
          .containsExactly("0");
      assertThat(rig.find("c1", 1).entry().what().name()).isEqualTo("n100");
      rig.append(TrailRig.entry("c1", "new"));
      assertThat(rig.check("c1").entries()).isEqualTo(201);
    }
  }

  /** What a server of before sends while one of now is there. */
  @ParameterizedTest
  @ValueSource(strings = {"4"})
  void serversOfBeforeGoOnWriting(String version) throws Exception {
    try (TrailRig rig = TrailRig.at(version)) {
      rig.open();
      String insert =
          "insert into audit_entry (annotations, code, cluster, decision, api_group, audit_id,"
              + " level, name, namespace, path, request, resource, response, source, stage,"
              + " subresource, at, uri, user_agent, user_groups, user_name, verb) values"
              + " (cast('{\"a\":\"b\"}' as jsonb), 201, '%s', 'allow', '', 'id', 'Metadata', 'n', '',"
              + " '/', cast('{\"x\": 1}' as jsonb), 'pods', null, '', 'ResponseComplete', '', now(),"
              + " '/', '', '', 'old', 'create') returning id";
      assertThat(rig.texts(insert.formatted("acme"))).hasSize(1);
      assertThat(rig.texts(insert.formatted("globex")))
          .doesNotContainAnyElementsOf(rig.texts(insert.formatted("acme")));
      rig.append(TrailRig.entry("acme", "new"));
      // its removal by age is no longer heard
      rig.run("delete from audit_entry where at < now() + interval '1 day'");
      ChainReport report = rig.check("acme");
      assertThat(report.finding()).isEmpty();
      assertThat(report.entries()).isEqualTo(3);
      assertThat(rig.find("acme", 1).entry().who().user()).isEqualTo("old");
    }
  }
}
