package dev.argosy.server.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.ClusterDirectory.LogicalCluster;
import dev.argosy.server.access.ClusterDirectory.Phase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;

class ContinueTokenProperties {

  private static final BuiltinKinds KINDS = BuiltinKinds.load();
  private static final LogicalCluster ACME = new LogicalCluster("acme", "", Phase.ACTIVE, Set.of());
  private static final KindSchema MAPS = KINDS.root().ofKind("v1", "ConfigMap").orElseThrow();
  private static final KindSchema NODES = KINDS.root().ofKind("v1", "Node").orElseThrow();

  @Property(tries = 200)
  void whatIsEncodedIsRead(
      @ForAll @LongRange(min = 1) long revision,
      @ForAll @AlphaChars @NotEmpty String cluster,
      @ForAll @AlphaChars @NotEmpty String namespace,
      @ForAll @AlphaChars @NotEmpty String name) {
    ContinueToken anywhere = new ContinueToken(revision, cluster, namespace, name);
    View all = View.ofAll(MAPS, "");
    assertThat(ContinueToken.decode(anywhere.encode(all), all)).isEqualTo(anywhere);
    ContinueToken here = new ContinueToken(revision, "acme", namespace, name);
    View one = View.of(MAPS, ACME, "");
    assertThat(ContinueToken.decode(here.encode(one), one)).isEqualTo(here);
    ContinueToken node = new ContinueToken(revision, "root", "", name);
    View nodes = View.of(NODES, ACME, "");
    assertThat(ContinueToken.decode(node.encode(nodes), nodes)).isEqualTo(node);
  }

  @Example
  void hasTheFormOfKubernetes() {
    String token = new ContinueToken(7, "acme", "ns", "a").encode(View.of(MAPS, ACME, ""));
    assertThat(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8))
        .isEqualTo("{\"v\":\"meta.k8s.io/v1\",\"rv\":7,\"start\":\"ns/a\\u0000\"}");
    assertThat(token).doesNotContain("=");
  }

  @Property(tries = 500)
  void anythingElseIsRefusedAsBadRequest(@ForAll String text) {
    assertThatThrownBy(() -> ContinueToken.decode(text, View.ofAll(MAPS, "")))
        .isInstanceOfSatisfying(
            StatusException.class, e -> assertThat(e.status().code()).isEqualTo(400));
  }
}
