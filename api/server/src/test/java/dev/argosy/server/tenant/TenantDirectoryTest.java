package dev.argosy.server.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.server.access.ClusterDirectory.PodBound;
import dev.argosy.store.cache.StoreCaches;
import dev.argosy.store.memory.MemoryStore;
import dev.argosy.store.spi.Change;
import dev.argosy.store.spi.CommitResult;
import dev.argosy.tenancy.member.Member;
import dev.argosy.tenancy.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TenantDirectoryTest {

  private static final UserInfo ANN = new UserInfo("ann", "", List.of(), Map.of());

  private final MemoryStore store = new MemoryStore();
  private final StoreCaches caches = new StoreCaches(store);
  private final TenantDirectory directory = new TenantDirectory(caches, Clock.systemUTC());
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() throws InterruptedException {
    put(Tenant.RESOURCE, "above", "{}");
    put(Tenant.RESOURCE, "middle", "{\"parent\":\"above\"}");
    put(Tenant.RESOURCE, "below", "{\"parent\":\"middle\"}");
    put(Tenant.RESOURCE, "beside", "{}");
    directory.start(Duration.ofSeconds(20));
    directory.onChange(told::add);
  }

  @AfterEach
  void stop() {
    directory.close();
    caches.close();
  }

  /** Open watches there are looked at again: their users may see more, or less. */
  @Test
  void aNewMemberIsToldOfForTheTenantAndThoseBelowIt() throws InterruptedException {
    put(
        Member.RESOURCE,
        "ann",
        "{\"tenant\":\"middle\",\"role\":\"viewer\",\"subject\":{\"kind\":\"User\",\"name\":\"ann\"}}");
    assertThat(List.of(next(), next())).containsExactly("middle", "below");
    assertThat(told).isEmpty();
    assertThat(directory.membershipsOf(ANN, "below")).hasSize(1);
    assertThat(directory.membersOf("below")).hasSize(1);
    assertThat(directory.membersOf("above")).isEmpty();
    assertThat(directory.membersOf("beside")).isEmpty();
    assertThat(directory.homeOf(ANN)).contains("middle");
  }

  /** What is above binds those below; each says what it says itself. */
  @Test
  void boundsOfPodsComeFromTheTenantUpwards() throws InterruptedException {
    assertThat(directory.podBounds("below")).isEmpty();
    put(
        Tenant.RESOURCE,
        "strict",
        "{\"parent\":\"middle\",\"podSecurity\":{\"enforce\":\"restricted\",\"enforceVersion\":\"v1.34\"}}");
    put(
        Tenant.RESOURCE,
        "lowest",
        "{\"parent\":\"strict\",\"podSecurity\":{\"enforce\":\"privileged\"}}");
    while (!next().equals("lowest")) {}
    assertThat(directory.podBounds("lowest"))
        .containsExactly(
            new PodBound("lowest", "privileged", ""),
            new PodBound("strict", "restricted", "v1.34"));
    assertThat(directory.podBounds("middle")).isEmpty();
    assertThat(directory.podBounds("root")).isEmpty();
    assertThat(directory.podBounds("nobody")).isEmpty();
  }

  private String next() throws InterruptedException {
    return String.valueOf(told.poll(20, TimeUnit.SECONDS));
  }

  private void put(GroupResource resource, String name, String spec) {
    String json =
        "{\"apiVersion\":\"tenancy.argosy.dev/v1\",\"kind\":\"X\",\"metadata\":{\"name\":\"%s\"},\"spec\":%s}"
            .formatted(name, spec);
    CommitResult result =
        store.commit(
            List.of(
                new Change.Create(
                    new ObjectKey(resource, "root", "", name),
                    json.getBytes(StandardCharsets.UTF_8))));
    assertThat(result).isInstanceOf(CommitResult.Committed.class);
  }
}
