package dev.argosy.tenancy.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random lives, read late and again and again, closed at any time: the sum is that of the lives.
 */
class LedgerModelTest {

  private static UsageRig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new UsageRig();
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  private static final class World {
    final Random random;
    final List<UsageTurn> turns = new ArrayList<>();
    final Map<String, UsageTurn> alive = new HashMap<>();
    BigDecimal total = BigDecimal.ZERO;
    Instant now = UsageRig.START;
    long revision = 1;
    int made;

    World(long seed) {
      random = new Random(seed);
    }

    void step() {
      now = now.plusMillis(random.nextInt(3_600_000));
      revision++;
      List<String> uids = new ArrayList<>(alive.keySet());
      boolean begin = uids.isEmpty() || random.nextInt(3) == 0;
      String uid = begin ? "u" + made++ : uids.get(random.nextInt(uids.size()));
      String cores = !begin && random.nextBoolean() ? "" : "0." + (1 + random.nextInt(9));
      UsageTurn turn = UsageRig.turn(uid, revision, now, cores);
      pay(uid);
      alive.remove(uid);
      if (!cores.isEmpty()) {
        alive.put(uid, turn);
      }
      turns.add(turn);
    }

    private void pay(String uid) {
      UsageTurn before = alive.get(uid);
      if (before != null) {
        Duration lasted = Duration.between(before.at(), now);
        total =
            total.add(
                before
                    .allocated()
                    .getOrDefault("cpu", BigDecimal.ZERO)
                    .multiply(BigDecimal.valueOf(lasted.toMillis(), 3)));
      }
    }

    BigDecimal all() {
      List.copyOf(alive.keySet()).forEach(this::pay);
      return total;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void theSumIsThatOfTheLives(long seed) throws Exception {
    rig.clear();
    World world = new World(seed);
    int undeleted = 0;
    for (int i = 0; i < 100; i++) {
      world.step();
      if (world.random.nextInt(4) == 0) {
        // read, applied, and perhaps not removed before the server died
        List<UsageTurn> queue = world.turns.subList(undeleted, world.turns.size());
        rig.apply(world.revision, world.now, queue.toArray(UsageTurn[]::new));
        boolean removed = world.random.nextBoolean();
        undeleted = removed ? world.turns.size() : undeleted;
        if (world.random.nextBoolean()) {
          rig.close(world.now, removed ? world.revision : 0);
        }
      } else if (world.random.nextInt(6) == 0) {
        // closed before the last turns were read: they will be late
        rig.close(world.now, 0);
      }
    }
    rig.apply(
        world.revision,
        world.now,
        world.turns.subList(undeleted, world.turns.size()).toArray(UsageTurn[]::new));
    Instant from = UsageRig.START;
    Instant until = from.plus(Duration.ofDays(30));
    BigDecimal all = world.all();
    assertThat(rig.totals(from, until, world.now).get("acme/cpu")).isEqualByComparingTo(all);
    rig.close(world.now, world.revision);
    assertThat(rig.totals(from, until, world.now).get("acme/cpu")).isEqualByComparingTo(all);
    assertThat(
            rig.texts(
                "select count(*) from usage_interval a join usage_interval b on a.uid = b.uid"
                    + " and a.starts_at < b.starts_at and a.ends_at > b.starts_at"))
        .as("no moment twice")
        .containsExactly("0");
  }
}
