package dev.argosy.server.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.status.StatusException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;

class ContinueTokenProperties {

  @Property(tries = 200)
  void whatIsEncodedIsRead(
      @ForAll @LongRange(min = 1) long revision,
      @ForAll @AlphaChars @NotEmpty String cluster,
      @ForAll @AlphaChars String namespace,
      @ForAll @AlphaChars @NotEmpty String name) {
    ContinueToken token = new ContinueToken(revision, cluster, namespace, name);
    assertThat(ContinueToken.decode(token.encode())).isEqualTo(token);
  }

  @Property(tries = 500)
  void anythingElseIsRefusedAsBadRequest(@ForAll String text) {
    assertThatThrownBy(() -> ContinueToken.decode(text))
        .isInstanceOfSatisfying(
            StatusException.class, e -> assertThat(e.status().code()).isEqualTo(400));
  }
}
