package dev.argosy.agent.pod.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whoever is let in has shown credentials that fetched the image under that name, or nobody need.
 */
final class AccessProperties {

  private static final List<String> IMAGES = List.of("a.example/x", "a.example/y");

  /**
   * Somebody fetched an image.
   *
   * @param credentials 0 for none
   */
  record Fetch(int image, int secret, int credentials) {}

  @Property(tries = 500)
  void nobodyIsLetInForNothing(
      @ForAll("fetches") List<Fetch> fetches, @ForAll("shown") Set<Integer> shown) {
    Access access = Access.NONE;
    Map<Integer, Set<Integer>> last = new HashMap<>();
    Map<String, Integer> ofSecret = new HashMap<>();
    Set<Integer> open = new HashSet<>();
    for (Fetch fetch : fetches) {
      ImageName name = ImageName.of(IMAGES.get(fetch.image)).orElseThrow();
      if (fetch.credentials == 0) {
        access = access.withEveryone(name);
        open.add(fetch.image);
      } else {
        access = access.withSecret(name, "s" + fetch.secret, "f" + fetch.credentials);
        ofSecret.put(fetch.image + "/" + fetch.secret, fetch.credentials);
      }
    }
    ofSecret.forEach((key, credentials) ->
        last.computeIfAbsent(Integer.parseInt(key.split("/", 2)[0]), i -> new HashSet<>())
            .add(credentials));
    Map<String, String> claims = new HashMap<>();
    shown.forEach(s -> claims.put("mine" + s, "f" + s));
    for (int image = 0; image < IMAGES.size(); image++) {
      boolean right =
          open.contains(image)
              || shown.stream().anyMatch(last.getOrDefault(image, Set.of())::contains);
      ImageName name = ImageName.of(IMAGES.get(image)).orElseThrow();
      assertThat(access.admits(name, claims)).isEqualTo(right);
    }
  }

  @Provide
  Arbitrary<List<Fetch>> fetches() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 4))
        .as(Fetch::new)
        .list()
        .ofMaxSize(6);
  }

  @Provide
  Arbitrary<Set<Integer>> shown() {
    return Arbitraries.integers().between(1, 4).set().ofMaxSize(2);
  }
}
