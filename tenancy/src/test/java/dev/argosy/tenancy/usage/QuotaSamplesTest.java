package dev.argosy.tenancy.usage;

import static dev.argosy.tenancy.usage.UsageRig.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuotaSamplesTest {

  private static final Instant NINE = at("2026-01-30T09:00:00Z");

  private static UsageRig rig;
  private static QuotaSamples samples;

  @BeforeAll
  static void start() throws Exception {
    rig = new UsageRig();
    samples = new QuotaSamples(rig.database, Duration.ofSeconds(30));
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  @BeforeEach
  void clear() throws Exception {
    rig.run("truncate quota_sample");
  }

  private static QuotaSample sample(Instant at, String tenant, String uid, String used) {
    return new QuotaSample(
        at,
        new QuotaSample.Whose(tenant, uid, tenant + ".compute"),
        Map.of("cpu", new BigDecimal(used)),
        Map.of("cpu", new BigDecimal("10")));
  }

  private static long keep(Instant at, String used) {
    return samples.keep(List.of(sample(at, "acme", "uid", used)), at);
  }

  private static List<QuotaSample> kept(String tenant, String uid) {
    return samples.of(tenant, uid, at("2026-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z"), 10_000);
  }

  private static Instant hours(int later) {
    return NINE.plus(later, ChronoUnit.HOURS);
  }

  @Test
  void whatIsKeptIsRead() {
    QuotaSample sample = sample(NINE, "acme", "uid", "2.5");
    assertThat(samples.keep(List.of(sample), NINE)).isEqualTo(1);
    assertThat(kept("acme", "uid")).containsExactly(sample);
    assertThat(samples.of("acme", "uid", NINE.plusSeconds(1), hours(9), 10)).isEmpty();
    assertThat(samples.of("acme", "uid", hours(-9), NINE, 10)).isEmpty();
  }

  @Test
  void whatDidNotChangeIsSaidOnceADay() {
    assertThat(keep(NINE, "1")).isEqualTo(1);
    assertThat(keep(hours(1), "1.0")).as("the same number").isZero();
    assertThat(keep(hours(2), "2")).isEqualTo(1);
    assertThat(keep(hours(3), "1")).isEqualTo(1);
    assertThat(keep(hours(14), "1")).isZero();
    assertThat(keep(hours(15), "1")).as("midnight").isEqualTo(1);
    assertThat(kept("acme", "uid"))
        .extracting(QuotaSample::at)
        .containsExactly(NINE, hours(2), hours(3), hours(15));
  }

  @Test
  void anHourThatIsKeptStays() {
    keep(NINE, "1");
    assertThat(keep(NINE, "7")).isZero();
    assertThat(kept("acme", "uid").getFirst().used().get("cpu")).isEqualByComparingTo("1");
  }

  @Test
  void tenantsOfOneNameAreNotOne() {
    samples.keep(
        List.of(
            sample(NINE, "acme", "first", "1"),
            sample(NINE, "acme", "second", "2"),
            sample(NINE, "globex", "first", "3")),
        NINE);
    assertThat(kept("acme", "second"))
        .extracting(sample -> String.valueOf(sample.used().get("cpu")))
        .containsExactly("2");
  }

  @Test
  void thousandsAreKeptAndOldMonthsGo() {
    List<QuotaSample> many = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      many.add(sample(NINE, "t" + i, "uid", "1"));
    }
    assertThat(samples.keep(many, NINE)).isEqualTo(2_500);
    Instant later = at("2027-06-01T00:00:00Z");
    samples.keep(List.of(sample(later, "t1", "uid", "1")), later);
    rig.ledger.alone(pass -> {
      pass.forget(later, UsageKept.DEFAULT);
      return 0;
    });
    assertThat(samples.of("t1", "uid", NINE, later.plusSeconds(1), 10))
        .extracting(QuotaSample::at)
        .containsExactly(later);
  }
}
