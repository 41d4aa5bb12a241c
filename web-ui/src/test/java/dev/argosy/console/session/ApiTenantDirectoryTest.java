package dev.argosy.console.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.fake.FakeApi;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApiTenantDirectoryTest {

  private static final UserInfo EVE =
      new UserInfo("eve", "", List.of(UserInfo.AUTHENTICATED), Map.of());

  private final FakeApi api = new FakeApi(Clock.systemUTC(), "root");
  private final ApiTenantDirectory directory = new ApiTenantDirectory(api);

  private void refuseLists(Reason reason) {
    api.setFault((verb, resource, name) ->
        verb.equals("list") ? Optional.of(Status.of(reason, "no")) : Optional.empty());
  }

  @Test
  void whoMayListNoneHasNone() {
    refuseLists(Reason.FORBIDDEN);
    assertThat(directory.tenantsOf(EVE)).isEmpty();
  }

  @Test
  void anOutageIsNotTakenForNoTenants() {
    refuseLists(Reason.SERVICE_UNAVAILABLE);
    assertThatThrownBy(() -> directory.tenantsOf(EVE)).isInstanceOf(StatusException.class);
  }
}
