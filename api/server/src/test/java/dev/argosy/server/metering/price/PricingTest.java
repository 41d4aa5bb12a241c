package dev.argosy.server.metering.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.tenancy.usage.UsageQuery;
import dev.argosy.tenancy.usage.UsageQuery.ByPlatform;
import dev.argosy.tenancy.usage.UsageSum;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricingTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /** What is allocated all the time, by cluster and resource. */
  private final Map<String, Map<String, String>> levels =
      Map.of(
          "root", Map.of("capacity.cpu", "16", "cpu", "1", "capacity.memory", "17179869184"),
          "acme", Map.of("cpu", "2", "memory", "2147483648"),
          "globex", Map.of("cpu", "6", "loadbalancers", "1"));

  private List<UsageSum> read(UsageQuery query) {
    BigDecimal seconds =
        BigDecimal.valueOf(Duration.between(query.from(), query.until()).toSeconds());
    List<UsageSum> sums = new ArrayList<>();
    levels.forEach((cluster, amounts) -> {
      if (query.tenant().isEmpty() || query.tenant().get().cluster().equals(cluster)) {
        String group =
            query.by().getFirst() instanceof ByPlatform
                ? cluster.equals("root") ? "platform" : "tenants"
                : cluster;
        amounts.forEach((resource, amount) ->
            sums.add(
                new UsageSum(
                    Optional.empty(),
                    List.of(group),
                    resource,
                    new BigDecimal(amount).multiply(seconds),
                    Optional.empty())));
      }
    });
    return sums;
  }

  private static PriceBook book(String json) {
    return PriceFile.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static PriceBook book(String idle, String shared) {
    return book(
        "{'currency':'EUR','lists':[{'from':'2026-03-01T00:00:00Z','idle':'"
            + idle
            + "','shared':'"
            + shared
            + "','prices':{'cpu':'0.10','memory':'0.01','loadbalancers':0.5}}]}");
  }

  private List<PricedSum> price(String tenant, Instant from, Duration time, PriceBook book) {
    UsageQuery query =
        new UsageQuery(
            from,
            from.plus(time),
            Optional.of(tenant)
                .filter(t -> !t.isEmpty())
                .map(t -> new UsageQuery.Tenant(t, Optional.empty())),
            UsageQuery.Step.TOTAL,
            List.of());
    return new Pricing(this::read).of(query, book);
  }

  private Cost cost(String tenant, String resource, PriceBook book) {
    return price(tenant, NOON, Duration.ofHours(10), book).stream()
        .filter(sum -> sum.sum().resource().equals(resource))
        .findFirst()
        .orElseThrow()
        .cost();
  }

  @Test
  void usageTimesPrice() {
    PriceBook book = book("kept", "kept");
    assertThat(cost("acme", "cpu", book).total()).isEqualByComparingTo("2.0");
    assertThat(cost("acme", "memory", book).total()).isEqualByComparingTo("0.2");
    assertThat(cost("globex", "loadbalancers", book).total()).isEqualByComparingTo("5");
    assertThat(cost("root", "cpu", book).total()).isEqualByComparingTo("1");
    assertThat(cost("root", "capacity.cpu", book).total()).isZero();
  }

  @Test
  void whatNobodyHadIsDividedInProportion() {
    PriceBook book = book("divided", "divided");
    // 16 cores, of which 1 the platform's, 2 acme's, 6 globex's: 7 idle
    assertThat(cost("acme", "cpu", book).idle()).isEqualByComparingTo("1.75");
    assertThat(cost("globex", "cpu", book).idle()).isEqualByComparingTo("5.25");
    assertThat(cost("acme", "cpu", book).shared()).isEqualByComparingTo("0.25");
    assertThat(cost("globex", "cpu", book).shared()).isEqualByComparingTo("0.75");
    // only acme has memory: it pays for all of it
    assertThat(cost("acme", "memory", book).total()).isEqualByComparingTo("1.6");
    // nothing of load balancers can be idle
    assertThat(cost("globex", "loadbalancers", book).total()).isEqualByComparingTo("5");
  }

  @Test
  void togetherItIsWhatThereIs() {
    BigDecimal all = BigDecimal.ZERO;
    for (String tenant : List.of("acme", "globex", "root")) {
      all = all.add(cost(tenant, "cpu", book("divided", "divided")).total());
    }
    assertThat(all).isEqualByComparingTo("16");
    assertThat(cost("", "cpu", book("divided", "divided")).total()).isEqualByComparingTo("16");
  }

  @Test
  void allResourcesOfATenantTogetherCostWhatEachDoes() {
    UsageQuery query =
        new UsageQuery(
            NOON,
            NOON.plus(Duration.ofHours(10)),
            Optional.empty(),
            UsageQuery.Step.TOTAL,
            List.of(new UsageQuery.ByTenant()));
    Pricing pricing =
        new Pricing(asked -> read(asked).stream().map(sum -> twice(asked, sum)).toList());
    List<PricedSum> together = Pricing.together(pricing.of(query, book("divided", "divided")));
    assertThat(together)
        .extracting(sum -> sum.sum().groups().getFirst())
        .containsExactly("acme", "globex", "root");
    // CPU 2 + 1.75 + 0.25, memory 0.2 + 1.4
    assertThat(together.getFirst().cost().total()).isEqualByComparingTo("5.6");
  }

  /** With a group for each that is asked for. */
  private static UsageSum twice(UsageQuery asked, UsageSum sum) {
    String group = sum.groups().getFirst();
    return sum.withGroups(asked.by().stream().map(by -> group).toList());
  }

  @Test
  void whatIsLeftOutIsDividedAllTheSame() {
    List<UsageQuery> asked = new ArrayList<>();
    UsageQuery query =
        new UsageQuery(
                NOON,
                NOON.plus(Duration.ofHours(1)),
                Optional.empty(),
                UsageQuery.Step.TOTAL,
                List.of())
            .only(Set.of("cpu"));
    new Pricing(
            part -> {
              asked.add(part);
              return List.of();
            })
        .of(query, book("divided", "divided"));
    assertThat(asked).hasSize(2);
    assertThat(asked.getFirst().resources()).as("capacity has other names").isEmpty();
    assertThat(asked.getLast().resources()).containsExactly("cpu");
  }

  @Test
  void pricesCountFromTheirHourOn() {
    PriceBook book =
        book(
            "{'currency':'EUR','lists':[{'from':'2026-03-01T15:00:00Z','prices':{'cpu':'3'},'idle':'kept','shared':'kept'},"
                + "{'from':'2026-03-01T14:00:00+01:00','prices':{'cpu':'1'},'idle':'kept','shared':'kept'}]}");
    // an hour free, two for 1, three for 3, two cores each
    List<PricedSum> sums = price("acme", NOON, Duration.ofHours(6), book);
    PricedSum cpu =
        sums.stream().filter(s -> s.sum().resource().equals("cpu")).findFirst().orElseThrow();
    assertThat(cpu.cost().total()).isEqualByComparingTo("22");
    assertThat(cpu.sum().allocated()).isEqualByComparingTo("43200");
    assertThat(sums).as("each sum once").hasSize(2);
  }

  @Test
  void whatIsUsedHasAPriceOfItsOwn() {
    PriceBook book =
        book(
            "{'currency':'EUR','lists':[{'from':'2026-03-01T00:00:00Z',"
                + "'prices':{'cpu':'1','cpu.used':'10','network.out':'0.5'}}]}");
    List<UsageSum> sums =
        List.of(
            used("acme", "cpu", "7200", "3600"),
            used("acme", "network.out", "0", String.valueOf(3L << 30)),
            used("acme", "network.in", "0", String.valueOf(3L << 30)));
    UsageQuery query =
        new UsageQuery(
            NOON,
            NOON.plus(Duration.ofHours(1)),
            Optional.empty(),
            UsageQuery.Step.TOTAL,
            List.of());
    List<PricedSum> priced =
        new Pricing(asked -> asked.by().size() == 1 && byPlatform(asked) ? List.of() : sums)
            .of(query, book);
    assertThat(priced)
        .extracting(sum -> sum.cost().own().stripTrailingZeros().toPlainString())
        .containsExactly("12", "1.5", "0");
  }

  private static boolean byPlatform(UsageQuery asked) {
    return asked.by().getFirst() instanceof UsageQuery.ByPlatform;
  }

  private static UsageSum used(String tenant, String resource, String allocated, String used) {
    return new UsageSum(
        Optional.empty(),
        List.of(tenant),
        resource,
        new BigDecimal(allocated),
        Optional.of(new BigDecimal(used)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|currency must be three letters",
        "{'currency':'EUR'}|there must be a price list",
        "{'currency':'EUR','lists':[{'from':'2026-03-01T00:30:00Z'}]}|from a full hour",
        "{'currency':'EUR','lists':[{'from':'2026-03-01T00:00:00Z','prices':{'cpu':'-1'}}]}|price of cpu is negative",
        "{'currency':'EUR','lists':[{'from':'2026-03-01T00:00:00Z','prices':{'cpu':'much'}}]}|price of cpu is no number",
        "{'currency':'EUR','lists':[{'from':'2026-03-01T00:00:00Z','idle':'free'}]}|idle must be divided or kept",
        "{'currency':'EUR','lists':[{'from':'2026-03-01T00:00:00Z','price':{}}]}|unknown field price",
      })
  void refusesWhatIsNoPriceList(String json, String why) {
    assertThatThrownBy(() -> book(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
