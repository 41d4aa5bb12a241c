package dev.argosy.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import io.etcd.jetcd.ByteSequence;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EtcdKeysPropertyTest {

  private static final GroupResource ROLES =
      new GroupResource("rbac.authorization.k8s.io", "roles");

  private final EtcdKeys keys = new EtcdKeys("/argosy");

  /** Short, so that one is often the start of another. */
  @Provide
  Arbitrary<ObjectKey> anyKeys() {
    Arbitrary<String> cluster =
        Arbitraries.strings().withChars("-.a01z").ofMinLength(1).ofMaxLength(4);
    Arbitrary<String> namespace = Arbitraries.strings().withChars("-.a0z").ofMaxLength(4);
    Arbitrary<String> name =
        Arbitraries.oneOf(
            Arbitraries.strings().withChars("-.,!/:a0").ofMinLength(1).ofMaxLength(4),
            Arbitraries.strings().all().ofMinLength(1).ofMaxLength(3));
    return Combinators.combine(cluster, namespace, name)
        .as((c, ns, n) -> new ObjectKey(ROLES, c, ns, n));
  }

  @Property(tries = 5_000)
  void orderOfBytesIsOrderOfKeys(@ForAll("anyKeys") ObjectKey a, @ForAll("anyKeys") ObjectKey b) {
    int bytes = Arrays.compareUnsigned(keys.of(a).getBytes(), keys.of(b).getBytes());
    assertThat(Integer.signum(bytes)).isEqualTo(Integer.signum(a.compareTo(b)));
  }

  @Property(tries = 2_000)
  void everyKeyIsReadBack(@ForAll("anyKeys") ObjectKey key) {
    assertThat(keys.decode(keys.of(key))).isEqualTo(key);
  }

  @Property(tries = 2_000)
  void rangesHoldJustTheirKeys(
      @ForAll("anyKeys") ObjectKey key, @ForAll("anyKeys") ObjectKey other) {
    assertThat(inside(key, keys.start(ROLES, ""), keys.end(ROLES, ""))).isTrue();
    assertThat(inside(key, keys.start(), keys.end())).isTrue();
    assertThat(inside(key, keys.start(ROLES, other.cluster()), keys.end(ROLES, other.cluster())))
        .isEqualTo(key.cluster().equals(other.cluster()));
    assertThat(inside(key, keys.behind(other), keys.end(ROLES, "")))
        .isEqualTo(key.compareTo(other) > 0);
  }

  private boolean inside(ObjectKey key, ByteSequence start, ByteSequence end) {
    byte[] bytes = keys.of(key).getBytes();
    return Arrays.compareUnsigned(bytes, start.getBytes()) >= 0
        && Arrays.compareUnsigned(bytes, end.getBytes()) < 0;
  }

  @Example
  void keysLookAsDocumented() {
    ObjectKey pod = new ObjectKey(new GroupResource("", "pods"), "acme", "default", "web-1");
    assertThat(keys.of(pod)).hasToString("/argosy/-/pods/acme,default,web-1");
    ObjectKey role = new ObjectKey(ROLES, "acme", "", "system:node");
    assertThat(keys.of(role))
        .hasToString("/argosy/rbac.authorization.k8s.io/roles/acme,,system:node");
  }

  @Example
  void whatIsNoKeyIsRefused() {
    ObjectKey bad = new ObjectKey(ROLES, "a,b", "", "x");
    assertThatThrownBy(() -> keys.of(bad)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> keys.decode(keys.fence()))
        .isInstanceOf(IllegalArgumentException.class);
    for (String text :
        new String[] {"", "/argosy", "/argosy/a/b", "/argosy/a/b/c", "/x/a/b/c,d,e"}) {
      ByteSequence key = ByteSequence.from(Cesu8.encode(text));
      assertThatThrownBy(() -> keys.decode(key)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Cesu8.decode(new byte[] {(byte) 0xE2, 1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
