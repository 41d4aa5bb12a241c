package dev.argosy.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.quantity.Quantity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Shares lend each other what they have, never more, and together stay what they were. */
class SharesProperties {

  private static Quantity millis(long amount) {
    return Quantity.ofMillis(amount);
  }

  private static Quantity granted(Iterable<Share> shares) {
    Quantity sum = Quantity.ZERO;
    for (Share share : shares) {
      sum = sum.add(share.granted().getOrDefault("cpu", Quantity.ZERO));
    }
    return sum;
  }

  @Property(tries = 500)
  void lendingMovesGrants(
      @ForAll @Size(min = 1, max = 32) List<@IntRange(max = 4_000) Integer> left,
      @ForAll @IntRange(max = 40) int index,
      @ForAll @IntRange(min = 1, max = 9_000) int asked) {
    List<Share> all =
        IntStream.range(0, left.size())
            .mapToObj(i ->
                new Share(
                    Share.keyOf("q", i),
                    i + 1,
                    Map.of("cpu", millis(100L * i)),
                    Map.of("cpu", millis(100L * i - left.get(i)))))
            .toList();
    Assume.that(left.stream().mapToLong(Integer::longValue).sum() >= asked);
    Share needy =
        index < all.size()
            ? all.get(index)
            : new Share(Share.keyOf("q", index), 0, Map.of(), Map.of());
    Map<String, Share> after = new HashMap<>();
    all.forEach(share -> after.put(share.key().name(), share));
    List<Share> changed = new Shares(all).lend(needy, Map.of("cpu", millis(asked)));
    changed.forEach(share -> after.put(share.key().name(), share));
    assertThat(changed.getFirst().key()).isEqualTo(needy.key());
    assertThat(granted(after.values())).isEqualTo(granted(all));
    assertThat(after.values()).allMatch(share -> share.left("cpu").signum() >= 0);
    Quantity used = new Shares(all).used().getOrDefault("cpu", Quantity.ZERO);
    assertThat(new Shares(List.copyOf(after.values())).used())
        .containsEntry("cpu", used.add(millis(asked)));
  }
}
