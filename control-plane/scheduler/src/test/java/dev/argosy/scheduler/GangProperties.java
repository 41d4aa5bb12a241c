package dev.argosy.scheduler;

import dev.argosy.model.client.fake.Fault;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/**
 * Whatever happens, a gang is whole or absent when all has come to rest, nodes are never over
 * capacity, pods are bound once, and no gang waits that fits.
 */
class GangProperties {

  private static final int STEPS = 40;

  @Property(tries = 15)
  void wholeOrAbsent(@ForAll @LongRange(min = 0) long seed) {
    Random random = new Random(seed);
    try (TestScheduler scheduler = new TestScheduler()) {
      scheduler.api.setFault(new SchedulerProperties.Flaky(seed));
      GangScene scene = new GangScene(scheduler, 5, 1, SchedulerProperties::place);
      for (int i = 0; i < STEPS; i++) {
        scene.step(random, i, scheduler.api::cutWatches);
        if (random.nextInt(3) > 0) {
          scene.tend();
        }
        SchedulerProperties.check(scheduler);
      }
      scheduler.api.setFault(Fault.NONE);
      scheduler.await(
          "rest",
          () -> scene.tend() && scene.wrong().isEmpty(),
          () -> "seed " + seed + scene.wrong());
      SchedulerProperties.check(scheduler);
    }
  }
}
