package dev.argosy.console.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.console.deploy.Manifests.Outcome;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.BuiltinKinds;
import dev.argosy.model.schema.KindTable;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {

  private static final KindTable KINDS = BuiltinKinds.load().tenant();

  private final FakeApi fake = new FakeApi(Clock.systemUTC(), "acme");
  private final Manifests manifests = new Manifests(fake.client(), KINDS, "acme");

  private static String configMap(String name, String metadata, String text) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s%s}\ndata: {text: %s}\n"
        .formatted(name, metadata, text);
  }

  private String textOf(String namespace, String name) {
    ObjectKey key = new ObjectKey(new GroupResource("", "configmaps"), "acme", namespace, name);
    return fake.client().get(key).orThrow().tree().path("data").path("text").asString("");
  }

  @Test
  void aNewDocumentIsCreatedInTheChosenNamespace() {
    List<Outcome> outcomes = manifests.apply(configMap("a", "", "one"), "default");
    assertThat(outcomes).containsExactly(new Outcome("ConfigMap a", true, "created"));
    assertThat(textOf("default", "a")).isEqualTo("one");
  }

  @Test
  void aDocumentThatNamesItsNamespaceGoesThere() {
    manifests.apply(configMap("a", ", namespace: kube-public", "one"), "default");
    assertThat(textOf("kube-public", "a")).isEqualTo("one");
  }

  @Test
  void aDocumentThatIsThereIsConfigured() {
    manifests.apply(configMap("a", "", "one"), "default");
    List<Outcome> outcomes = manifests.apply(configMap("a", "", "two"), "default");
    assertThat(outcomes).containsExactly(new Outcome("ConfigMap a", true, "configured"));
    assertThat(textOf("default", "a")).isEqualTo("two");
  }

  @Test
  void aRefusedDocumentDoesNotKeepTheOthersBack() {
    String yaml =
        "apiVersion: v1\nkind: Nope\nmetadata: {name: x}\n---\n" + configMap("a", "", "1");
    assertThat(manifests.apply(yaml, "default"))
        .extracting(Outcome::done)
        .containsExactly(false, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "---", "{", "a: b: c", "- one\n- two", "a: 1\na: 2", "just text"})
  void whatIsNoDocumentIsSaidSo(String yaml) {
    List<Outcome> outcomes = manifests.apply(yaml, "default");
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.getFirst().done()).isFalse();
    assertThat(outcomes.getFirst().text()).isNotBlank();
  }

  @Test
  void aDocumentWithoutANameIsRefused() {
    List<Outcome> outcomes = manifests.apply("apiVersion: v1\nkind: ConfigMap\n", "default");
    assertThat(outcomes.getFirst().text()).isEqualTo("metadata.name is missing.");
  }
}
