package dev.argosy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.server.testing.PassingStore;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.ResourceStore;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever has no rights cannot tell what is there from what is not: not by words (IsolationTest has
 * them for all routes), not by what is read for the answer, not by how long it takes.
 */
class UntellableTest {

  private static final String NS = "/api/v1/namespaces/default/";
  private static final String TENANCY = "/clusters/root/apis/tenancy.argosy.dev/v1/";
  private static final String TOKENS = "/apis/access.argosy.dev/v1/accesstokens/";

  private static final int ROUNDS = Integer.getInteger("argosy.timing.rounds", 40);

  /** Five times the deviation of as many throws of a coin. */
  private static final double CHANCE = 2.5 / Math.sqrt(ROUNDS);

  /** Pairs of what is there and what is not, of the same length. */
  private static final Map<String, String> PAIRS = new LinkedHashMap<>();

  private static final List<String> NAMES =
      List.of(
          "there",
          "other",
          "acme",
          "none",
          "acme-admin",
          "none-admin",
          "open",
          "shut",
          "acme.there",
          "acme.other");

  private static CountedStore store;
  private static AccessRig rig;
  private static String stranger;
  private static String part;

  /** Counts what is read of it. */
  private static final class CountedStore extends PassingStore {
    private final AtomicInteger reads = new AtomicInteger();

    CountedStore(ResourceStore store) {
      super(store);
    }

    @Override
    protected void beforeRead() {
      reads.incrementAndGet();
    }
  }

  /** One request. */
  private record Asked(String method, String path, String token) {
    AccessRig.Answer answer() throws Exception {
      return rig.call(method, path, token, method.equals("GET") ? null : "{}");
    }
  }

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    store = new CountedStore(new MemoryStore());
    rig = new AccessRig(folder, store);
    rig.tenant("acme", "ann");
    rig.tenant("globex", "gus");
    stranger = rig.issuer.token("gus");
    part = rig.issuer.token("pat");
    String ann = rig.issuer.token("ann");
    made(ann, "/clusters/acme" + NS + "secrets", "{\"metadata\":{\"name\":\"there\"}}");
    made(ann, "/clusters/acme" + NS + "configmaps", "{\"metadata\":{\"name\":\"there\"}}");
    made(ann, "/clusters/acme/api/v1/namespaces", "{\"metadata\":{\"name\":\"open\"}}");
    made(
        ann,
        "/clusters/acme/apis/rbac.authorization.k8s.io/v1/namespaces/open/rolebindings",
        "{\"metadata\":{\"name\":\"pat\"},\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":\"edit\"},\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"pat\"}]}");
    made(
        ann,
        TENANCY + "tenantrequests",
        "{\"metadata\":{\"name\":\"there\"},\"spec\":{\"name\":\"wanted\"}}");
    made(
        ann,
        TENANCY + "invitations",
        "{\"metadata\":{\"name\":\"acme.there\"},\"spec\":{\"tenant\":\"acme\",\"email\":\"a@b.example\",\"role\":\"viewer\"}}");
    made(
        ann,
        TENANCY + "serviceclients",
        "{\"metadata\":{\"name\":\"acme.there\"},\"spec\":{\"tenant\":\"acme\",\"role\":\"viewer\"}}");
    made(
        ann,
        "/clusters/acme" + TOKENS.substring(0, TOKENS.length() - 1),
        "{\"metadata\":{\"name\":\"there\"},\"spec\":{\"expiresAt\":\"" + later() + "\"}}");
    AccessRig.await(() ->
        rig.call("GET", "/clusters/acme/api/v1/namespaces/open/pods", part, null).code() == 200);
    pair("/clusters/acme/api/v1/nodes/x", "/clusters/none/api/v1/nodes/x");
    pair("/clusters/acme" + NS + "secrets/there", "/clusters/acme" + NS + "secrets/other");
    pair("/clusters/acme" + NS + "secrets", "/clusters/none" + NS + "secrets");
    pair("/clusters/acme/apis/apps/v1/deployments", "/clusters/none/apis/apps/v1/deployments");
    pair("/clusters/acme/export", "/clusters/none/export");
    pair("/clusters/acme/api/v1/namespaces/open", "/clusters/acme/api/v1/namespaces/shut");
    pair(TENANCY + "tenants/acme", TENANCY + "tenants/none");
    pair(TENANCY + "members/acme-admin", TENANCY + "members/none-admin");
    pair(TENANCY + "tenantrequests/there", TENANCY + "tenantrequests/other");
    pair(TENANCY + "invitations/acme.there", TENANCY + "invitations/acme.other");
    pair(TENANCY + "serviceclients/acme.there", TENANCY + "serviceclients/acme.other");
    pair(TENANCY + "breakglasses/there", TENANCY + "breakglasses/other");
    pair("/clusters/acme" + TOKENS + "there", "/clusters/acme" + TOKENS + "other");
    pair("/clusters/acme" + NS + "pods/there/log", "/clusters/none" + NS + "pods/there/log");
  }

  private static String later() {
    Instant now = rig.clock.instant();
    return now.plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void pair(String there, String other) {
    PAIRS.put(there, other);
  }

  private static void made(String token, String path, String body) throws Exception {
    AccessRig.ok(201, rig.call("POST", path, token, body));
  }

  @AfterAll
  static void stop() throws Exception {
    rig.close();
  }

  /** Who has rights in a part of acme knows that there is acme, and its namespace. */
  private static Map<String, String> pairs(String token) {
    Map<String, String> pairs = new LinkedHashMap<>(PAIRS);
    if (token.equals(part)) {
      pairs.remove("/clusters/acme/api/v1/namespaces/open");
      pairs.values().removeIf(path -> path.startsWith("/clusters/none/"));
    }
    return pairs;
  }

  @Test
  void byWordsAndByWhatIsRead() throws Exception {
    for (String token : List.of(stranger, part)) {
      for (Map.Entry<String, String> pair : pairs(token).entrySet()) {
        for (String method : List.of("GET", "DELETE", "PATCH")) {
          Asked there = new Asked(method, pair.getKey(), token);
          Asked other = new Asked(method, pair.getValue(), token);
          assertThat(words(there)).as(there.toString()).isEqualTo(words(other));
          assertThat(reads(there)).as(there.toString()).isEqualTo(reads(other));
        }
      }
    }
  }

  /** Code and body, with what only one of the two has taken out. */
  private static String words(Asked asked) throws Exception {
    AccessRig.Answer answer = asked.answer();
    assertThat(answer.code()).as(asked + answer.body()).isEqualTo(403);
    String body = answer.body();
    for (String name : NAMES) {
      body = body.replace("\"" + name + "\"", "NAME").replace("\\\"" + name + "\\\"", "NAME");
    }
    return body;
  }

  /** The least of a few times: loops of the server read as well. */
  private static int reads(Asked asked) throws Exception {
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < 20 && least > 0; i++) {
      int before = store.reads.get();
      asked.answer();
      least = Math.min(least, store.reads.get() - before);
    }
    return least;
  }

  /**
   * Of many pairs of requests, one right after the other in changing order, either is slower in
   * about half, however busy the machine is; more or less only as chance has it.
   */
  @Test
  void byTime() throws Exception {
    Random random = new Random(7);
    for (String token : List.of(stranger, part)) {
      for (Map.Entry<String, String> pair : pairs(token).entrySet()) {
        Asked there = new Asked("GET", pair.getKey(), token);
        Asked other = new Asked("GET", pair.getValue(), token);
        assertThat(slower(there, other, random))
            .as(there.toString())
            .isBetween(0.5 - CHANCE, 0.5 + CHANCE);
      }
    }
  }

  private static double slower(Asked there, Asked other, Random random) throws Exception {
    int slower = 0;
    for (int i = -5; i < ROUNDS; i++) {
      boolean first = random.nextBoolean();
      long one = time(first ? there : other);
      long two = time(first ? other : there);
      if (i >= 0 && (first ? one > two : two > one)) {
        slower++;
      }
    }
    return (double) slower / ROUNDS;
  }

  private static long time(Asked asked) throws Exception {
    long begin = System.nanoTime();
    asked.answer();
    return System.nanoTime() - begin;
  }
}
